import type { SourceFile } from '../source-file.js';
import type { Mutation, MutationContext, MutationOperator, Suspicion } from './mutation.js';
import { Naturalness } from './naturalness.js';
import { OPERATORS } from './operators/index.js';
import { discount, keyOf, minimal, score, sizeOf } from './rank.js';

export interface EnumerateOptions {
  /** The other source files of the repository, for ingredients. Asked for at most once. */
  readonly others?: () => readonly SourceFile[];
  readonly operators?: readonly MutationOperator[];
  /** At most so many; all of them by default. */
  readonly limit?: number;
  /** How an operator did before, relative to the others: 1 is average. */
  readonly trackRecord?: (operator: string) => number;
}

/** A mutation and the score by which it was ranked; comparable within one enumeration only. */
export interface RankedMutation extends Mutation {
  readonly score: number;
}

/** An operator's changes of one node: more are not looked at. */
const PER_NODE = 64;
/** Places with less suspicion are not mutated. */
const LEAST = 1e-6;

/**
 * Every mutation of the suspicious places of the files, likeliest first; each resulting text once. Files with syntax errors
 * are skipped. Whether the result parses is left to whoever applies it: parsing each would cost more than running the first
 * few. Pure and deterministic; equal scores keep the order of files and places.
 */
export function enumerateMutations(files: readonly SourceFile[], suspicion: Suspicion, options: EnumerateOptions = {}): RankedMutation[] {
  let others: readonly SourceFile[] | undefined;
  const ingredients = () => {
    others ??= options.others?.() ?? [];
    return others;
  };
  const best = new Map<string, RankedMutation>();
  for (const file of files) {
    if (file.errors.length > 0) continue;
    for (const mutation of mutationsOf(file, suspicion, { file, others: ingredients }, options)) {
      const key = keyOf(file.path, mutation.edits);
      const known = best.get(key);
      if (!known || known.score < mutation.score) best.set(key, mutation);
    }
  }
  const ranked = spread([...best.values()].sort((a, b) => b.score - a.score));
  return options.limit === undefined ? ranked : ranked.slice(0, options.limit);
}

function* mutationsOf(
  file: SourceFile,
  suspicion: Suspicion,
  context: MutationContext,
  { operators = OPERATORS, trackRecord = () => 1 }: EnumerateOptions,
): Generator<RankedMutation> {
  let model: Naturalness | undefined;
  for (const node of file.nodes) {
    const suspected = suspicion(file.path, node);
    if (suspected < LEAST) continue;
    for (const operator of operators) {
      let count = 0;
      for (const change of operator.propose(node, context)) {
        if (count++ >= PER_NODE) break;
        const edits = minimal(file.text, change.edits);
        if (edits.length === 0) continue;
        model ??= new Naturalness(file, []);
        yield {
          operator: operator.name,
          summary: change.summary.slice(0, 200),
          path: file.path,
          edits,
          node,
          weight: change.weight,
          score: score({
            suspicion: suspected,
            prior: operator.prior,
            track: trackRecord(operator.name),
            weight: change.weight,
            size: sizeOf(edits),
            gain: model.gain(edits),
          }),
        };
      }
    }
  }
}

/** Discounts a node's later changes by how many of its better ones come before, then sorts again. */
function spread(sorted: readonly RankedMutation[]): RankedMutation[] {
  const seen = new Map<string, number>();
  return sorted
    .map((mutation) => {
      const place = `${mutation.path}:${mutation.node.start}:${mutation.node.end}`;
      const before = seen.get(place) ?? 0;
      seen.set(place, before + 1);
      return { ...mutation, score: mutation.score * discount(before) };
    })
    .sort((a, b) => b.score - a.score);
}
