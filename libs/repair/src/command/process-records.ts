import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { NodeProcess } from './recording.js';

const MAX_FILES = 5_000;
const MAX_FILE_BYTES = 128 * 2 ** 20;

const text = (max: number) => z.string().transform((value) => value.slice(0, max));
const errorSchema = z.object({
  name: text(200),
  message: text(4_000),
  stack: text(16_000),
  expected: text(2_000).optional(),
  actual: text(2_000).optional(),
});
const startSchema = z.object({
  pid: z.number(),
  ppid: z.number(),
  ancestors: z.array(z.number()).max(64),
  execPath: z.string(),
  execArgv: z.array(z.string()),
  script: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  at: z.number(),
});
const endSchema = z.object({
  at: z.number(),
  exitCode: z.number(),
  error: errorSchema.optional(),
  tests: z.array(
    z.object({
      file: z.string(),
      title: text(2_000),
      state: z.enum(['passed', 'failed', 'skipped']),
      ms: z.number().optional(),
      error: errorSchema.optional(),
    }),
  ),
});

/** A process with what its preload saw inside of it. */
export interface ProcessRecord extends NodeProcess {
  /** Pids above it, nearest first. */
  readonly ancestors: readonly number[];
  readonly error?: z.infer<typeof errorSchema>;
  readonly tests: z.infer<typeof endSchema>['tests'];
}

/** The records of a run's processes in order of start. A process that was killed has no end: `exitCode` null. Broken files are skipped. */
export function readProcessRecords(dir: string): ProcessRecord[] {
  const names = readdirSync(dir).slice(0, MAX_FILES * 2);
  const starts = names.filter((name) => name.endsWith('.start.json'));
  const records = starts.flatMap((name): (ProcessRecord & { at: number })[] => {
    const start = startSchema.safeParse(readJson(join(dir, name))).data;
    if (start === undefined) return [];
    const end = endSchema.safeParse(readJson(join(dir, name.replace('.start.json', '.end.json')))).data;
    return [
      {
        ...start,
        exitCode: end?.exitCode ?? null,
        ms: end === undefined ? 0 : Math.max(0, end.at - start.at),
        tests: end?.tests ?? [],
        ...(end?.error && { error: end.error }),
      },
    ];
  });
  return records.sort((a, b) => a.at - b.at);
}

/** The pids of processes that have written that they began and not that they ended. */
export function unfinishedPids(dir: string): number[] {
  const names = new Set(readdirSync(dir));
  return [...names]
    .filter((name) => name.endsWith('.start.json') && !names.has(name.replace('.start.json', '.end.json')))
    .map((name) => Number(name.split('-')[0]))
    .filter((pid) => Number.isInteger(pid) && pid > 1);
}

function readJson(path: string): unknown {
  try {
    return statSync(path).size > MAX_FILE_BYTES ? undefined : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
