import { describe, expect, it } from '@jest/globals';
import { docExamples } from './doc-examples.js';
import { SourceFile } from './source-file.js';

const examplesOf = (text: string) => docExamples(new SourceFile('x.js', text)).map(({ args, expected }) => [args, expected]);

describe('examples in comments', () => {
  it.each([
    ['a doctest (HumanEval 0)', '/* >>> f([1.0, 2.0], 0.5)\n  false\n*/', [['[1.0, 2.0], 0.5', 'false']]],
    ["a doctest with Python's literals", '/* >>> f("a", None)\n  True */', [['"a", null', 'true']]],
    ['JSDoc with an arrow (lodash)', '/**\n * @example\n * f([1], 2) // => [1, 2]\n */', [['[1], 2', '[1, 2]']]],
    ['JSDoc with returns (MdEval 67)', '/**\n * f("aab") // returns 1\n */', [['"aab"', '1']]],
    ['an equation and prose after it', '// For example: f(-3, "x)") == [0, 1]. All are in order', [['-3, "x)"', '[0, 1]']]],
    ['an arrow in Unicode', '// f({a: 1}) ➞ "b"', [['{a: 1}', '"b"']]],
    ['no value: prose', '// f(1) does nothing', []],
    ['no literal: what would run code is no example', '// f(process.exit()) => 1\n// f(1) => g()', []],
    ['another function', '// other.f(1) => 2\n// ff(1) => 2', []],
  ])('%s', (_, comment, expected) => {
    expect(examplesOf(`${comment}\nconst f = (a, b) => a;\nmodule.exports = { f };`)).toEqual(expected);
  });
});
