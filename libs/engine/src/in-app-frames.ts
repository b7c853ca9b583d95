import type { SourceSnapshot } from '@selfheal/contracts';
import { parseStack, type StackFrame } from './stack.js';

/** A frame in a file of the snapshot; `file` is the snapshot's path. */
export type InAppFrame = StackFrame;

export interface LocatedStack {
  /** Innermost first. */
  readonly frames: InAppFrame[];
  /** What was not used and why, for people: a path of the stack is hostile and is never opened. */
  readonly ignored: { readonly file: string; readonly reason: string }[];
}

/**
 * The frames of a stack that are in the snapshot.
 * With `root` (the absolute path of the running target) a frame counts only below it. Without, an absolute path counts
 * when a file of the snapshot is its suffix: the service may run from another directory than the one that is patched.
 * A path with `..` never counts.
 */
export function inAppFrames(stack: string, snapshot: SourceSnapshot, root?: string): LocatedStack {
  const located: LocatedStack = { frames: [], ignored: [] };
  for (const frame of parseStack(stack)) {
    const place = locate(frame.file.replaceAll('\\', '/'), snapshot, root);
    if ('file' in place) located.frames.push({ ...frame, file: place.file });
    else located.ignored.push({ file: frame.file.slice(0, 200), reason: place.reason });
  }
  return located;
}

/**
 * The stack rewritten to what the target's own files say of it: paths relative to the root, foreign frames gone. Both
 * rca and patcher reason on this text only.
 */
export function ownStack(stack: string, snapshot: SourceSnapshot, root?: string): { stack: string; ignored: LocatedStack['ignored'] } {
  const { frames, ignored } = inAppFrames(stack, snapshot, root);
  const head = stack.slice(0, 32_768).split('\n', 1)[0]?.slice(0, 1000) ?? '';
  const lines = frames.map(
    ({ file, line, column, function: name }) => `    at ${name ? `${name} (${file}:${line}:${column})` : `${file}:${line}:${column}`}`,
  );
  return { stack: [head, ...lines].join('\n').slice(0, 32_768), ignored };
}

function locate(path: string, snapshot: SourceSnapshot, root: string | undefined): { file: string } | { reason: string } {
  const parts = path.split('/');
  if (parts.includes('..')) return { reason: 'the path has ".."' };
  if (!path.startsWith('/') && !/^[A-Za-z]:/.test(path)) {
    const relative = parts.filter((part) => part !== '.').join('/');
    return snapshot.files.has(relative) ? { file: relative } : { reason: 'no such source file at this revision' };
  }
  if (root !== undefined) {
    const base = root.endsWith('/') ? root : `${root}/`;
    if (!path.startsWith(base)) return { reason: 'outside the target' };
    const relative = path.slice(base.length);
    return snapshot.files.has(relative) ? { file: relative } : { reason: 'no such source file at this revision' };
  }
  for (let i = 1; i < parts.length; i++) {
    const suffix = parts.slice(i).join('/');
    if (snapshot.files.has(suffix)) return { file: suffix };
  }
  return { reason: 'outside the target' };
}
