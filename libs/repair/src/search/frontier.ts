import type { RankedMutation, SourceFile } from '@selfheal/engine';
import type { TestRun } from '../oracle/oracle.js';
import type { Candidate } from './candidate.js';
import { mutationCandidate } from './mutation-candidate.js';
import type { Tried } from './try-all.js';
import { mendedBy } from './verdict.js';

/** How many partners a seed is tried with. */
const PARTNERS = { better: 600, other: 60 } as const;
/** A second edit on top of one that mended a test ranks as high as a first edit, or higher. */
const BOOST = { better: 1.5, other: 0.05 } as const;
/** The same slip several times is that much rarer than once. */
const REPEATED = 0.3;
/** How many edits a candidate may have. */
const MAX_EDITS = 3;
const MAX_SEEDS = 60;

export interface FrontierInput {
  readonly base: TestRun;
  /** Single mutations, best first. */
  readonly singles: readonly RankedMutation[];
  readonly files: ReadonlyMap<string, SourceFile>;
  /** The same change at every similar place of the function or the statement. */
  readonly repeat: (mutation: RankedMutation, file: SourceFile) => readonly RankedMutation[];
}

/**
 * What to try next, best first: single mutations by rank, and, as soon as one mends something, that one together with others
 * (best-first search with seeds, compare GenProg's crossover and "Multi-hunk" repair in Hercules, Saha et al. 2019).
 * Deterministic: the same results in the same order give the same candidates.
 */
export class Frontier implements Iterable<Candidate> {
  readonly #input: FrontierInput;
  readonly #queues: Queue[] = [];
  #seeds = 0;

  constructor(input: FrontierInput) {
    this.#input = input;
    this.#queues.push({ next: 0, mutations: input.singles, boost: 1, seed: [], origin: 'mutation' });
    this.#queues.push({ next: 0, mutations: input.singles, boost: REPEATED, seed: [], origin: 'repeat' });
  }

  /** Tells what a candidate's run said, so that what helped is built on. */
  learn({ candidate, verdict, run }: Tried, seedMended = 0): void {
    const { mutations } = candidate;
    if (!mutations || mutations.length >= MAX_EDITS || (verdict !== 'better' && verdict !== 'other') || this.#seeds >= MAX_SEEDS) return;
    if (verdict === 'other' && mutations.length > 1) return;
    if (verdict === 'better' && mendedBy(this.#input.base, run) <= seedMended) return;
    this.#seeds++;
    const boost = BOOST[verdict] * (candidate.origin === 'pair' ? 0.7 : 1);
    const partners = this.#input.singles.slice(0, PARTNERS[verdict]);
    this.#queues.push({ next: 0, mutations: partners, boost, seed: mutations, origin: 'pair' });
  }

  *[Symbol.iterator](): Iterator<Candidate> {
    for (;;) {
      const queue = this.#best();
      if (!queue) return;
      const mutation = queue.mutations[queue.next++] as RankedMutation;
      const prior = mutation.score * queue.boost;
      if (queue.origin === 'repeat') yield* this.#repeats(mutation, prior);
      else {
        const candidate = mutationCandidate(
          [...queue.seed, mutation],
          this.#input.files,
          queue.origin,
          // Two independent slips are as likely as both: what a pair counts for once it passes, not when it is tried.
          queue.seed.reduce((product, { score }) => product * score, queue.seed.length > 0 ? mutation.score : prior),
        );
        if (candidate) yield candidate;
      }
    }
  }

  #best(): Queue | undefined {
    let best: Queue | undefined;
    for (const queue of this.#queues) if (queue.next < queue.mutations.length && (!best || priority(queue) > priority(best))) best = queue;
    return best;
  }

  *#repeats(mutation: RankedMutation, prior: number): Generator<Candidate> {
    const file = this.#input.files.get(mutation.path);
    if (!file) return;
    for (const repeated of this.#input.repeat(mutation, file)) {
      const candidate = mutationCandidate([repeated], this.#input.files, 'repeat', prior);
      if (candidate) yield candidate;
    }
  }
}

interface Queue {
  next: number;
  readonly mutations: readonly RankedMutation[];
  readonly boost: number;
  readonly seed: readonly RankedMutation[];
  readonly origin: 'mutation' | 'repeat' | 'pair';
}

const priority = (queue: Queue): number => (queue.mutations[queue.next]?.score ?? 0) * queue.boost;
