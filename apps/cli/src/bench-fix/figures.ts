import { percentile } from '../bench/percentile.js';
import type { CaseResult, CaseStatus } from './case.js';
import { type Reliability, reliabilityOf } from './reliability.js';

type Counts = Readonly<Record<CaseStatus, number>> & { readonly total: number };

/** The figures of some cases. Times are of all heals that did not end in an error. */
export interface FixFigures extends Counts {
  readonly median_seconds: number | null;
  readonly p95_seconds: number | null;
  readonly median_candidates: number | null;
  /** By the shape of the authors' fix, the most frequent first. */
  readonly by_class: readonly (Counts & { readonly pattern: string })[];
  readonly reliability: Reliability;
}

/** Correct, wrong, abstained, time and calibration of `results`. Pure. */
export function figuresOf(results: readonly CaseResult[]): FixFigures {
  const ran = results.filter(({ status }) => status !== 'error');
  const at = (values: number[], p: number) => (values.length > 0 ? percentile(values, p) : null);
  const times = ran.map(({ seconds }) => seconds);
  const judged = results.flatMap(({ status, confidence }) =>
    confidence !== null && (status === 'correct' || status === 'wrong') ? [{ confidence, correct: status === 'correct' }] : [],
  );
  return {
    ...countsOf(results),
    median_seconds: at(times, 50),
    p95_seconds: at(times, 95),
    median_candidates: at(
      ran.map(({ candidates }) => candidates),
      50,
    ),
    by_class: [...Map.groupBy(results, ({ pattern }) => pattern)]
      .map(([pattern, of]) => ({ pattern, ...countsOf(of) }))
      .sort((a, b) => b.total - a.total || (a.pattern < b.pattern ? -1 : 1)),
    reliability: reliabilityOf(judged),
  };
}

function countsOf(results: readonly CaseResult[]): Counts {
  const count = (wanted: CaseStatus) => results.filter(({ status }) => status === wanted).length;
  return {
    total: results.length,
    correct: count('correct'),
    wrong: count('wrong'),
    abstained: count('abstained'),
    error: count('error'),
  };
}
