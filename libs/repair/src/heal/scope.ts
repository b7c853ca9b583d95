import { isScript } from '@selfheal/engine';
import type { NodeProcess } from '../command/recording.js';
import { isTest } from '../work-tree/tests.js';
import { isAllowed, isHandWritten, type WorkTree } from '../work-tree/work-tree.js';

/** What may be edited in a heal. */
export interface Scope {
  /** Whether a path may be edited at all. */
  readonly editable: (path: string) => boolean;
  /** Whether it is a script that may be edited: what the search changes. */
  readonly script: (path: string) => boolean;
  /** Why a path may not be edited, in a few words; undefined when it may. */
  readonly whyNot: (path: string) => string | undefined;
}

/** Draws the line around what a heal may edit: what git tracks or would, no tests, nothing generated, only what the user allows. */
export function scopeOf(
  tree: WorkTree,
  options: {
    readonly files?: readonly string[] | undefined;
    readonly allowTests?: boolean | undefined;
    readonly command: readonly string[];
  },
  processes: readonly NodeProcess[],
): Scope {
  const words = [...options.command, ...processes.flatMap(({ script, args }) => [script, ...args])];
  const named = (path: string) => words.some((word) => word === path || word.endsWith(`/${path}`));
  const known = new Map<string, string | undefined>();
  const decide = (path: string): string | undefined => {
    const text = tree.snapshot.files.get(path);
    if (text === undefined) return tree.skipped.includes(path) ? 'too large, or no text' : 'ignored by git, or no source';
    if (!isAllowed(path, options.files)) return 'not among --files';
    if (!isHandWritten(text)) return 'minified or generated';
    return options.allowTests !== true && isScript(path) && isTest({ path, text }, named(path)) ? 'a test' : undefined;
  };
  const whyNot = (path: string): string | undefined => {
    if (!known.has(path)) known.set(path, decide(path));
    return known.get(path);
  };
  const editable = (path: string): boolean => whyNot(path) === undefined;
  return { editable, script: (path) => isScript(path) && editable(path), whyNot };
}
