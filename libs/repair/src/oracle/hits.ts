import { executedStretches, type Stretch } from './instrument.js';
import type { TestCoverage } from './oracle.js';

/** The counters of one file: numbers `first` and up stand for `stretches`. */
export interface CountedFile {
  readonly path: string;
  readonly first: number;
  readonly stretches: readonly Stretch[];
}

interface Hits {
  readonly test: string;
  readonly failed: boolean;
  /** Ascending. */
  readonly hits: readonly number[];
}

/** From numbers to places. What ran outside the tests is left out, unless it failed or there are no tests. */
export function coverageOf(all: readonly Hits[], files: readonly CountedFile[]): TestCoverage[] {
  const named = all.filter(({ test }) => test !== '');
  const outside = all.filter(({ test, failed }) => test === '' && (failed || named.length === 0));
  return [...named, ...outside].map(({ test, failed, hits }) => ({ test, failed, files: filesOf(hits, files) }));
}

function filesOf(hits: readonly number[], files: readonly CountedFile[]): Map<string, Stretch[]> {
  const found = new Map<string, Stretch[]>();
  let at = 0;
  for (const { path, first, stretches } of files) {
    const own = new Set<number>();
    for (; at < hits.length && (hits[at] ?? 0) < first + stretches.length; at++) own.add((hits[at] ?? 0) - first);
    if (own.size > 0)
      found.set(
        path,
        executedStretches(stretches, (index) => own.has(index)),
      );
  }
  return found;
}
