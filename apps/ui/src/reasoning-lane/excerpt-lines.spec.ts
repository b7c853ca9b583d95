import { expect, it } from '@jest/globals';
import { excerptLines } from './excerpt-lines';

const at = { file: 'a.ts', line: 42 };

it('takes numbers out of the text and marks the line in question', () => {
  expect(excerptLines('  41 | const a = 1;\n> 42 |   return a.b;\n  43 |\n', at)).toEqual([
    { number: 41, text: 'const a = 1;', marked: false },
    { number: 42, text: '  return a.b;', marked: true },
    { number: 43, text: '', marked: false },
  ]);
});

it('shows other text as it came', () => {
  expect(excerptLines('7: x\nexpected number', at)).toEqual([
    { text: '7: x', marked: false },
    { text: 'expected number', marked: false },
  ]);
});
