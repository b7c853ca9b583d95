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
  const known = new Map<string, boolean>();
  const decide = (path: string): boolean => {
    const text = tree.snapshot.files.get(path);
    if (text === undefined || !isAllowed(path, options.files) || !isHandWritten(text)) return false;
    return options.allowTests === true || !isScript(path) || !isTest({ path, text }, named(path));
  };
  const editable = (path: string): boolean => {
    const verdict = known.get(path) ?? decide(path);
    known.set(path, verdict);
    return verdict;
  };
  return { editable, script: (path) => isScript(path) && editable(path) };
}
