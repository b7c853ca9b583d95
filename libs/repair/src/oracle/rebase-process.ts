import { sep } from 'node:path';
import type { NodeProcess } from '../command/recording.js';

/** The process as it would have been recorded in another copy of the work tree: every path into `from` leads into `to`. */
export function inSandbox(recorded: NodeProcess, from: string, to: string): NodeProcess {
  const move = (text: string) => movePaths(text, from, to);
  return {
    ...recorded,
    script: move(recorded.script),
    cwd: move(recorded.cwd),
    args: recorded.args.map(move),
    execArgv: recorded.execArgv.map(move),
    env: Object.fromEntries(Object.entries(recorded.env).map(([name, value]) => [name, move(value)])),
  };
}

/** Replaces `from` where it is a whole path or the head of one. */
export function movePaths(text: string, from: string, to: string): string {
  if (from === to || !text.includes(from)) return text;
  return text
    .split(from)
    .reduce((moved, rest) => moved + (rest === '' || rest.startsWith(sep) || /^[^\w.-]/.test(rest) ? to : from) + rest);
}
