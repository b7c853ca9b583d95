import { describe, expect, it } from '@jest/globals';
import { newErrors } from './type-errors.js';

const run = (exitCode: number | undefined, ...lines: string[]) => ({ exitCode, output: lines.join('\n') });
const old = "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.";

describe('newErrors', () => {
  it.each<[string, Parameters<typeof newErrors>, string[]]>([
    ['a patched run that ends well', [run(2, old), run(0)], []],
    ['an error that was there, moved', [run(2, old), run(2, old.replace('3,5', '9,1'))], []],
    [
      'an error that was there, in colour',
      [run(2, 'a.ts:1:2 - error TS1: x'), run(2, '\u001b[96ma.ts\u001b[0m:\u001b[93m4\u001b[0m:\u001b[93m2\u001b[0m - error TS1: x')],
      [],
    ],
    ['a new error', [run(2, old), run(2, old, 'src/b.ts(1,1): error TS1005: x')], ['src/b.ts(1,1): error TS1005: x']],
    ['the same error a second time', [run(2, old), run(2, old, old.replace('3,5', '4,5'))], [old.replace('3,5', '4,5')]],
    ['an error where there was none', [run(0), run(2, old)], [old]],
    ['an error without a base run', [undefined, run(2, old)], [old]],
    ['a failure without a word', [run(0), run(1)], ['the type check fails with exit code 1']],
    ['a failure that the base has too', [run(1), run(1)], []],
    ['a run that did not end', [run(0), run(undefined, 'working')], ['the type check did not end: working']],
    ['a summary line', [run(2, old, 'Found 1 error.'), run(2, old, 'Found 2 errors.')], []],
  ])('judges %s', (_, [base, patched], errors) => expect(newErrors(base, patched)).toEqual(errors));
});
