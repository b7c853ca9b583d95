import { fileURLToPath } from 'node:url';

/** One frame of a V8 stack trace (https://v8.dev/docs/stack-trace-api), as it stands in the text. */
export interface StackFrame {
  /** As the stack says it: an absolute or relative path; `file:` URLs are turned into paths. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, UTF-16 code units. */
  readonly column: number;
  readonly function?: string;
}

const MAX_STACK = 32_768;
const MAX_FRAMES = 100;

/**
 * Reads the frames of a stack, innermost first. The text is hostile: it is bounded (32 KiB, 100 frames) and read with
 * index arithmetic, never with a backtracking expression. Frames of Node itself, of node_modules, of eval and of anything
 * that is no file are left out; whether a path belongs to the target is for {@link inAppFrames} to say.
 */
export function parseStack(stack: string): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const raw of stack.slice(0, MAX_STACK).split('\n')) {
    const line = raw.trim();
    if (!line.startsWith('at ')) continue;
    const frame = parseFrame(line.slice(3));
    if (frame) frames.push(frame);
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

function parseFrame(text: string): StackFrame | undefined {
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  const place = open >= 0 ? text.slice(open + 2, -1) : withoutPrefix(text);
  const name = open >= 0 ? withoutPrefix(text.slice(0, open)).slice(0, 256) : '';
  const columnAt = place.lastIndexOf(':');
  const lineAt = place.lastIndexOf(':', columnAt - 1);
  if (lineAt <= 0) return undefined;
  const line = positive(place.slice(lineAt + 1, columnAt));
  const column = positive(place.slice(columnAt + 1));
  const file = pathOf(place.slice(0, lineAt));
  if (!line || !column || !file) return undefined;
  return { file, line, column, ...(name && { function: name }) };
}

const withoutPrefix = (name: string): string => {
  for (const prefix of ['async ', 'new ']) if (name.startsWith(prefix)) return withoutPrefix(name.slice(prefix.length));
  return name;
};

function positive(digits: string): number | undefined {
  const value = Number(digits);
  return digits.length <= 9 && Number.isInteger(value) && value > 0 ? value : undefined;
}

function pathOf(place: string): string | undefined {
  if (place.length > 1024 || place.startsWith('node:') || place.startsWith('eval ') || place.startsWith('<')) return undefined;
  if (place.split(/[\\/]/).includes('node_modules')) return undefined;
  if (place.startsWith('file:')) {
    try {
      return fileURLToPath(place.split('?', 1)[0] ?? place);
    } catch {
      return undefined;
    }
  }
  // Another scheme (http:, wasm:, data:, webpack:) is no file of ours; one letter is a Windows drive.
  const colon = place.indexOf(':');
  return colon > 1 ? undefined : place;
}
