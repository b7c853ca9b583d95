import type { Oracle, TestRun } from '../oracle/oracle.js';
import { type Candidate, keyOf } from './candidate.js';
import { mendedBy, type Verdict, verdictOf } from './verdict.js';

/** A candidate and what its run said. */
export interface Tried {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly run: TestRun;
  /** How many had been tried before it. */
  readonly order: number;
}

/** What a search knows so far; grows as candidates are tried. */
export interface Ledger {
  tried: number;
  readonly seen: Set<string>;
  /** Those that would make the command pass, in order of trial. */
  readonly plausible: Tried[];
  /** Those that mended some failing test and lost none, most mended first. */
  readonly better: Tried[];
}

export const newLedger = (): Ledger => ({ tried: 0, seen: new Set(), plausible: [], better: [] });

const MAX_BETTER = 12;

function keepBest(best: Tried[], tried: Tried, base: TestRun): void {
  best.push(tried);
  best.sort((a, b) => mendedBy(base, b.run) - mendedBy(base, a.run) || b.candidate.prior - a.candidate.prior);
  best.length = Math.min(best.length, MAX_BETTER);
}

export interface Trying {
  readonly oracle: Oracle;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly stopAtFirstFailure: boolean;
  /** Asked before each candidate: enough is known. */
  readonly enough: () => boolean;
  readonly onTried: (tried: Tried) => void;
}

/**
 * Runs the candidates over the oracle, as many at once as it is wide, in order. Ends when they are used up, `enough`
 * says so, or the signal aborts; never rejects for the latter.
 */
export async function tryAll(candidates: Iterable<Candidate>, trying: Trying): Promise<void> {
  const { oracle, ledger, signal, enough, onTried } = trying;
  const iterator = candidates[Symbol.iterator]();
  const next = (): Candidate | undefined => {
    for (let item = iterator.next(); !item.done; item = iterator.next()) {
      const key = keyOf(item.value.patch);
      if (ledger.seen.has(key)) continue;
      ledger.seen.add(key);
      return item.value;
    }
    return undefined;
  };
  const worker = async () => {
    while (!signal.aborted && !enough()) {
      const candidate = next();
      if (!candidate) return;
      const order = ledger.tried++;
      const run = await oracle.run(candidate.patch, { signal, stopAtFirstFailure: trying.stopAtFirstFailure });
      const tried = { candidate, run, verdict: verdictOf(oracle.base, run), order };
      if (tried.verdict === 'plausible') ledger.plausible.push(tried);
      else if (tried.verdict === 'better') keepBest(ledger.better, tried, oracle.base);
      onTried(tried);
    }
  };
  try {
    await Promise.all(Array.from({ length: oracle.width }, worker));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
