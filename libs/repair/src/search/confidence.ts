import type { TestRun } from '../oracle/oracle.js';
import type { Behaviour } from '../probe/probe.js';
import type { Origin } from './candidate.js';
import type { Tried } from './try-all.js';
import { mendedBy } from './verdict.js';

/** What the confidence in a candidate is made from. */
export interface Grounds {
  readonly base: TestRun;
  readonly chosen: Tried;
  /** The share of the plausible candidates' weight that agrees with it, 0 to 1. */
  readonly share: number;
  readonly plausible: number;
  readonly tried: number;
  readonly behaviour?: Behaviour | undefined;
  readonly index: number;
}

/** Below this a patch is not offered: abstaining beats guessing. */
export const MIN_CONFIDENCE = 0.5;

/** Features of the grounds, each 0 to 1. */
export function featuresOf({ base, chosen, share, plausible, tried, behaviour, index }: Grounds): Record<Feature, number> {
  const { origin, prior, mutations = [] } = chosen.candidate;
  const failing = Math.max(mendedBy(base, chosen.run), base.tests.filter(({ state }) => state === 'failed').length);
  return {
    share,
    prior: Math.max(0, Math.max(-4, Math.log10(prior)) / 4 + 1),
    several: mutations.length > 1 ? 1 : 0,
    crowd: Math.min(1, (3 * plausible) / Math.max(20, tried)) ** 2,
    mended: Math.min(1, Math.log2(1 + failing) / 4),
    contradiction: behaviour?.examples[index]?.some((holds) => holds === false) ? 1 : 0,
    codemod: CODEMODS.has(origin) ? 1 : 0,
    search: Math.min(1, Math.log10(1 + tried) / 4),
  };
}

type Feature = 'share' | 'prior' | 'several' | 'crowd' | 'mended' | 'contradiction' | 'codemod' | 'search';
const CODEMODS: ReadonlySet<Origin> = new Set(['learned', 'syntax', 'playbook', 'fixer']);

/**
 * Weights of a logistic regression with fixed signs and L2 over the development cases of the benchmark (docs/adr/0013). The
 * crowd's is set by hand: where one change in five passes, the tests say next to nothing, whatever else speaks for it.
 */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  share: 1.7,
  prior: 0.25,
  several: -0.6,
  crowd: -4,
  mended: 1,
  contradiction: -0.25,
  codemod: 0.45,
  search: -0.4,
};
const BIAS = 0.3;

/** The calibrated probability that the candidate is right, 0 to 1. Pure. */
export function confidenceOf(grounds: Grounds): number {
  const features = featuresOf(grounds);
  const z = (Object.keys(WEIGHTS) as Feature[]).reduce((sum, name) => sum + WEIGHTS[name] * features[name], BIAS);
  return Math.round(100 / (1 + Math.exp(-z))) / 100;
}
