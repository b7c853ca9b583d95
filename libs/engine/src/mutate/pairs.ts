import type { Edit } from '../edits.js';
import type { Mutation } from './mutation.js';

/** Two mutations tried together. */
export interface MutationPair {
  readonly first: Mutation;
  readonly second: Mutation;
  /** By path, for applyEdits. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly summary: string;
}

/**
 * Pairs of a seed and a mutation of the pool that do not overlap, in order of the product of their ranks (1-based): (1,1),
 * (1,2), (2,1), (1,3)... The search gives as seeds the mutations that made some failing test pass and broke none, best
 * first (the partial repairs of Weimer et al.: "Leveraging program equivalence", ASE 2013). Lazy; each pair once.
 */
export function* pairs(seeds: readonly Mutation[], pool: readonly Mutation[]): Generator<MutationPair> {
  const seedRank = new Map(seeds.map((seed, i) => [seed, i]));
  for (let product = 1; product <= seeds.length * pool.length; product++) {
    const most = Math.min(seeds.length, product);
    for (let i = Math.max(1, Math.ceil(product / pool.length)); i <= most; i++) {
      if (product % i !== 0) continue;
      const first = seeds[i - 1] as Mutation;
      const second = pool[product / i - 1] as Mutation;
      if (first === second || overlaps(first, second)) continue;
      const other = seedRank.get(second);
      if (other !== undefined && other < i - 1 && pool.includes(first)) continue;
      yield { first, second, edits: together(first, second), summary: `${first.summary}; ${second.summary}`.slice(0, 400) };
    }
  }
}

/** Touching counts: at one place the order of two insertions would be chance. */
export const overlaps = (a: Mutation, b: Mutation): boolean =>
  a.path === b.path && a.edits.some((one) => b.edits.some((other) => one.start <= other.end && other.start <= one.end));

function together(a: Mutation, b: Mutation): Map<string, readonly Edit[]> {
  return a.path === b.path
    ? new Map([[a.path, [...a.edits, ...b.edits].sort((one, other) => one.start - other.start)]])
    : new Map([
        [a.path, a.edits],
        [b.path, b.edits],
      ]);
}
