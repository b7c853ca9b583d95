import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import { enumerateMutations } from './enumerate.js';
import type { MutationOperator } from './mutation.js';
import { deleteStatement } from './operators/delete-statement.js';
import { insertStatement } from './operators/insert-statement.js';
import { missingAssignment } from './operators/missing-assignment.js';
import { missingGuard } from './operators/missing-guard.js';
import { moveStatement } from './operators/move-statement.js';
import { negateCondition } from './operators/negate-condition.js';
import { replaceCondition } from './operators/replace-condition.js';
import { swapBranches } from './operators/swap-branches.js';

const operators = [
  deleteStatement,
  insertStatement,
  missingAssignment,
  missingGuard,
  moveStatement,
  negateCondition,
  replaceCondition,
  swapBranches,
];
const isHappy = `const isHappy = (s) => {
  if (s.length < 3)
    return false;
  for (let i = 0; i < s.length - 2; i++) {
    let next = s[i + 1];
    if (s[i] != next)
      return false;
    count(next);
  }
  return true;
}
`;
const file = new SourceFile('a.js', isHappy);
const named = (name: string, weight: number, text: string): MutationOperator => ({
  name,
  prior: 0.5,
  *propose(node) {
    if (node.type === 'Literal') yield { summary: text, edits: [{ start: node.start, end: node.end, text }], weight };
  },
});

describe('enumerateMutations', () => {
  it('changes suspicious places only, likeliest first, and gives each text once', () => {
    const start = isHappy.indexOf('if (s[i]');
    const found = enumerateMutations([file], (_path, node) => (node.start >= start && node.end <= isHappy.indexOf('count(') ? 1 : 0), {
      operators,
    });
    expect(found.length).toBeGreaterThan(5);
    expect(found.every(({ node }) => node.start >= start)).toBe(true);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    const texts = found.map(({ edits }) => applyEdits(isHappy, edits));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).not.toContain(isHappy);
    expect(texts.slice(0, 5).join('')).toContain('if (s[i] == next)');
  });

  it('makes texts that parse', () => {
    const found = enumerateMutations([file], () => 1, { operators });
    const broken = found.filter(({ edits }) => new SourceFile('a.js', applyEdits(isHappy, edits)).errors.length > 0);
    expect(broken.map(({ summary }) => summary)).toEqual([]);
  });

  it('weighs suspicion, the change and the track record', () => {
    const small = new SourceFile('b.js', 'f(1);\ng(2);');
    const first = (options: Parameters<typeof enumerateMutations>[2], suspicion = () => 1) =>
      enumerateMutations([small], suspicion, options)[0];
    const two = [named('rare', 0.5, '7'), named('frequent', 1, '8')];
    expect(first({ operators: two })?.operator).toBe('frequent');
    expect(first({ operators: two, trackRecord: (name) => (name === 'rare' ? 10 : 1) })?.operator).toBe('rare');
    expect(enumerateMutations([small], (_path, node) => (node.start > 4 ? 1 : 0.1), { operators: two })[0]?.node.start).toBe(8);
    expect(enumerateMutations([small], () => 1, { operators: two, limit: 3 })).toHaveLength(3);
  });

  it('lets a place with few changes come before the many of another', () => {
    const many: MutationOperator = {
      name: 'many',
      prior: 0.5,
      *propose(node) {
        if (node.type !== 'Literal') return;
        for (let i = 10; i < (node.value === 1 ? 70 : 11); i++)
          yield { summary: `${i}`, edits: [{ start: node.start, end: node.end, text: `${i}` }], weight: node.value === 1 ? 0.9 : 0.6 };
      },
    };
    const order = enumerateMutations([new SourceFile('c.js', 'f(1);\nf(2);')], () => 1, { operators: [many] });
    expect(order.findIndex(({ node }) => node.start === 8)).toBeLessThan(20);
  });

  it('asks for the other files at most once and only when an operator does', () => {
    let asked = 0;
    const others = () => {
      asked++;
      return [];
    };
    enumerateMutations([file], () => 1, { operators, others });
    expect(asked).toBe(0);
    const asking: MutationOperator = { name: 'asking', prior: 1, propose: (_node, context) => context.others().flatMap(() => []) };
    enumerateMutations([file], () => 1, { operators: [asking], others });
    expect(asked).toBe(1);
  });

  it('skips files that do not parse', () => {
    expect(enumerateMutations([new SourceFile('d.js', 'if (')], () => 1, { operators })).toEqual([]);
  });

  it('finds its way in a file of 10,000 lines: 50 suspicious ones without a walk over the rest for each', () => {
    const big = new SourceFile('big.js', Array.from({ length: 1000 }, (_, i) => isHappy.replace('isHappy', `isHappy${i}`)).join(''));
    const line = (n: number) => big.offsetAt({ line: n, column: 1 }) as number;
    const [from, to] = [line(5000), line(5050)];
    const began = performance.now();
    const found = enumerateMutations([big], (_path, node) => (from <= node.start && node.end <= to ? 1 : 0), { operators });
    expect(found.length).toBeGreaterThan(200);
    expect(performance.now() - began).toBeLessThan(8000);
  });
});
