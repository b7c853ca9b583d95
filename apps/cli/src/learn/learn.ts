import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { forgetMemory, memoryPath, overviewOf, readMemory } from '@selfheal/repair';
import { CommandError, usageError } from '../errors.js';
import { printable } from '../output/printable.js';
import { printJson, screen } from '../output/screen.js';
import { learnStory } from './story.js';

export interface LearnFlags {
  readonly cwd?: string;
  readonly json?: boolean;
  readonly forget?: boolean;
  readonly yes?: boolean;
}

/**
 * `selfheal learn`: what the heals of this repository taught; with `--forget` it is deleted.
 * @throws CommandError 2 wrong usage, 1 not confirmed
 */
export async function learn(flags: LearnFlags): Promise<void> {
  if (flags.yes && !flags.forget) throw usageError('learn: --yes goes with --forget');
  const root = await directoryOf(flags.cwd);
  const path = await memoryPath(root);
  const { memory, note } = await readMemory(path);
  if (note) process.stderr.write(`selfheal: ${printable(note, 400)}\n`);
  const overview = overviewOf(memory);
  const out = screen(flags);
  if (flags.forget) {
    if (!flags.yes) await confirmed(overview.records);
    await forgetMemory(path);
    out.line(`Forgotten: ${overview.records} ${overview.records === 1 ? 'attempt' : 'attempts'}.`);
    if (flags.json) printJson({ path, forgotten: overview.records });
    return;
  }
  if (flags.json) printJson({ path, ...overview });
  else out.lines(learnStory(overview, path, out));
}

async function confirmed(records: number): Promise<void> {
  if (!process.stdin.isTTY) throw usageError('learn: --forget asks before it forgets, and nobody is there to answer: say --yes too');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Forget what ${records} attempts taught? [y/N] `);
    if (!/^y(?:es)?$/i.test(answer.trim())) throw new CommandError('nothing was forgotten', 1);
  } finally {
    terminal.close();
  }
}

async function directoryOf(cwd = '.'): Promise<string> {
  const path = resolve(cwd);
  const info = await stat(path).catch(() => undefined);
  if (!info?.isDirectory()) throw usageError(`learn: --cwd: there is no directory ${printable(path)}`);
  return realpath(path);
}
