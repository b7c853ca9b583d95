import { describe, expect, it } from '@jest/globals';
import { type CheckRun, newErrors } from './new-errors.js';

const run = (exitCode: number | undefined, ...lines: string[]): CheckRun => ({ exitCode, output: lines.join('\n') });
const old = 'src/a.ts(3,5): error TS2322: x';

describe('newErrors', () => {
  it.each<[string, CheckRun, CheckRun, string[]]>([
    ['none for a check that passes', run(2, old), run(0), []],
    ['none for an error that has only moved', run(2, old), run(2, 'src/a.ts(9,1): error TS2322: x'), []],
    ['an error that is new', run(2, old), run(2, old, 'src/b.ts(1,1): error TS1005: y'), ['src/b.ts(1,1): error TS1005: y']],
    ['an error that is there once more', run(2, old), run(2, old, old), [old]],
    ['nothing of the summary', run(2, old), run(2, old, 'Found 2 errors in 1 file.'), []],
    ['an end without a word', run(0), run(3, 'bye'), ['the check ended with exit code 3']],
    ['a check that did not end', run(0), run(undefined), ['the check did not end in time']],
  ])('gives %s', (_, base, patched, expected) => {
    expect(newErrors(base, patched)).toEqual(expected);
  });
});
