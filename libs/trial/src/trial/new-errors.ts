import { stripVTControlCharacters } from 'node:util';

/** How a check ended: its exit code (`undefined` when it did not end by itself) and the end of its output. */
export interface CheckRun {
  readonly exitCode: number | undefined;
  readonly output: string;
}

const MAX_ERRORS = 50;

/**
 * Errors of a check on the patched tree that the base tree does not have: those that a patch is answerable for. Lines
 * and columns do not count, since a patch moves code.
 */
export function newErrors(base: CheckRun, patched: CheckRun): string[] {
  if (patched.exitCode === 0) return [];
  const known = new Map<string, number>();
  for (const line of errorLines(base)) known.set(withoutPosition(line), (known.get(withoutPosition(line)) ?? 0) + 1);
  const fresh = errorLines(patched).filter((line) => {
    const key = withoutPosition(line);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
  return fresh.slice(0, MAX_ERRORS).map((line) => line.slice(0, 1000));
}

function errorLines({ exitCode, output }: CheckRun): string[] {
  if (exitCode === 0) return [];
  if (exitCode === undefined) return ['the check did not end in time'];
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\berror\b/i.test(line) && !/^Found \d+ errors?\b/.test(line));
  return lines.length > 0 ? lines : [`the check ended with exit code ${exitCode}`];
}

const withoutPosition = (line: string): string => line.replace(/\(\d+,\d+\)|:\d+:\d+/g, '');
