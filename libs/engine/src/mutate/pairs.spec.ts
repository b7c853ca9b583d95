import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import type { Mutation } from './mutation.js';
import { pairs } from './pairs.js';

const file = new SourceFile('a.js', 'f(1, 2, 3, 4);');
const at = (from: string, path = 'a.js'): Mutation => {
  const start = file.text.indexOf(from);
  return { operator: 'test', summary: from, path, edits: [{ start, end: start + 1, text: '0' }], node: file.program, weight: 1 };
};
const [one, two, three, four] = ['1', '2', '3', '4'].map((digit) => at(digit)) as [Mutation, Mutation, Mutation, Mutation];

describe('pairs', () => {
  it('goes by the product of the ranks, each pair once', () => {
    const order = [...pairs([one, two], [one, two, three, four])].map(({ first, second }) => first.summary + second.summary);
    expect(order).toEqual(['12', '13', '14', '23', '24']);
  });

  it('makes one edit set that applies', () => {
    const [pair] = pairs([three], [one]);
    expect(applyEdits(file.text, pair?.edits.get('a.js') ?? [])).toBe('f(0, 2, 0, 4);');
    const [across] = pairs([three], [at('1', 'b.js')]);
    expect([...(across?.edits.keys() ?? [])]).toEqual(['a.js', 'b.js']);
  });

  it('leaves out what overlaps or touches', () => {
    const wide: Mutation = { ...one, edits: [{ start: 2, end: 6, text: '' }] };
    const beside: Mutation = { ...one, edits: [{ start: 3, end: 3, text: '0' }] };
    expect([...pairs([one], [wide, beside, one])]).toEqual([]);
  });

  it('is lazy: a million pairs cost nothing until they are asked for', () => {
    const many = Array.from({ length: 1000 }, () => ({ ...four }));
    const [first] = pairs([one, ...many], many);
    expect(first?.first).toBe(one);
  });
});
