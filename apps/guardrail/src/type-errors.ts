/** What a type check said. */
export interface CheckRun {
  /** `undefined` when it did not end by itself: not started, killed, out of time. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

const MAX_ERRORS = 50;

/**
 * The errors of the patched run that the base run does not have. A line counts as the same error wherever it moved to:
 * positions (`a.ts(3,5)`, `a.ts:3:5`) and colours are left out of the comparison. A run that fails without a line that
 * is new, but differently than the base did, is an error too: it did not show that types hold.
 */
export function newErrors(base: CheckRun | undefined, patched: CheckRun): string[] {
  if (patched.exitCode === 0) return [];
  if (patched.exitCode === undefined) return [`the type check did not end: ${lastLine(patched.output)}`];
  const left = new Map<string, number>();
  for (const line of linesOf(base?.output ?? '')) left.set(withoutPosition(line), (left.get(withoutPosition(line)) ?? 0) + 1);
  const fresh = linesOf(patched.output).filter((line) => {
    const count = left.get(withoutPosition(line)) ?? 0;
    left.set(withoutPosition(line), count - 1);
    return count <= 0;
  });
  if (fresh.length > 0) return fresh.filter((line, i) => /error/i.test(line) || i === 0).slice(0, MAX_ERRORS);
  return base?.exitCode === patched.exitCode ? [] : [`the type check fails with exit code ${patched.exitCode}`];
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const linesOf = (output: string): string[] =>
  output
    .replace(COLOUR, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^Found \d+ error/.test(line));
const withoutPosition = (line: string): string => line.replace(/[(:]\d+[,:]\d+\)?/g, '').trim();
const lastLine = (output: string): string => linesOf(output).at(-1)?.slice(0, 300) ?? 'no output';
