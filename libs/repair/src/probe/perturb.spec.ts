import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

const { perturbed } = createRequire(import.meta.url)('../../probe/perturb.cjs') as {
  perturbed: (recorded: readonly (readonly unknown[])[], wanted: number) => unknown[][];
};
const SEEN = [
  [[3, 1, 2], 'Abc 1', { deep: { flag: true, n: 1.5 } }],
  [[], '', {}],
];
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? 'list'
    : value !== null && typeof value === 'object'
      ? Object.entries(value).map(([key, each]) => [key, shape(each)])
      : typeof value;

describe('inputs near to those that were seen', () => {
  it('start with what was seen, and are as many as wanted, none twice', () => {
    const all = perturbed(SEEN, 40);
    expect(all.slice(0, 2)).toEqual(SEEN);
    expect(all).toHaveLength(40);
    expect(new Set(all.map((args) => JSON.stringify(args))).size).toBe(40);
  });

  it('are the same each time', () => {
    expect(perturbed(SEEN, 60)).toEqual(perturbed(SEEN, 60));
  });

  it('have the types of what was seen in the same place', () => {
    for (const args of perturbed(SEEN, 80)) {
      expect(args).toHaveLength(3);
      const places = args.map((value, i) => SEEN.map((seen) => JSON.stringify(shape(seen[i]))).includes(JSON.stringify(shape(value))));
      expect(places).toEqual([true, true, true]);
    }
  });

  it('change one place at a time, and leave what was seen as it was', () => {
    const before = structuredClone(SEEN);
    const all = perturbed(SEEN, 80).slice(2);
    expect(SEEN).toEqual(before);
    for (const args of all) {
      const differ = SEEN.map((seen) => args.filter((value, i) => JSON.stringify(value) !== JSON.stringify(seen[i])).length);
      expect(Math.min(...differ)).toBe(1);
    }
  });

  it.each([
    ['nothing seen', [], []],
    ['calls without arguments', [[]], [[]]],
    ['what cannot be changed', [[null]], [[null]]],
  ])('are no more than there can be with %s', (_name, seen, all) => {
    expect(perturbed(seen, 40)).toEqual(all);
  });

  it('are no longer than can be handled', () => {
    const huge = [['x'.repeat(25_000)]];
    expect(perturbed(huge, 40)).toEqual(huge);
  });
});
