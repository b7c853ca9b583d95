import type { TestRun } from '../oracle/oracle.js';
import type { Behaviour } from '../probe/probe.js';
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

/** Features of the grounds, each about 0 to 1. */
export function featuresOf({ base, chosen, share, plausible, tried, behaviour, index }: Grounds): Record<Feature, number> {
  const { origin, prior, mutations = [] } = chosen.candidate;
  const examples = behaviour?.examples[index] ?? [];
  const count = (state: string) => base.tests.filter((test) => test.state === state).length;
  return {
    share,
    prior: Math.max(-4, Math.log10(prior)) / 4 + 1,
    several: mutations.length > 1 ? 1 : 0,
    crowd: Math.min(1, (3 * plausible) / Math.max(20, tried)),
    mended: Math.min(1, Math.log2(1 + Math.max(mendedBy(base, chosen.run), count('failed'))) / 4),
    kept: Math.min(1, Math.log2(1 + count('passed')) / 4),
    example: examples.some((holds) => holds === true) ? 1 : 0,
    contradiction: examples.some((holds) => holds === false) ? 1 : 0,
    codemod: origin === 'playbook' || origin === 'syntax' || origin === 'fixer' || origin === 'learned' ? 1 : 0,
    search: Math.min(1, Math.log10(1 + tried) / 4),
  };
}

type Feature = 'share' | 'prior' | 'several' | 'crowd' | 'mended' | 'kept' | 'example' | 'contradiction' | 'codemod' | 'search';

/** Weights of a logistic regression over the development cases of the benchmark (docs/adr/0013). */
const WEIGHTS: Readonly<Record<Feature, number>> = {
  share: 1.39,
  prior: 2,
  several: -0.97,
  crowd: -2,
  mended: 0.68,
  kept: 0,
  example: 0,
  contradiction: -0.61,
  codemod: 0.35,
  search: -0.55,
};
const BIAS = 1.28;

/** The calibrated probability that the candidate is right, 0 to 1. Pure. */
export function confidenceOf(grounds: Grounds): number {
  const features = featuresOf(grounds);
  const z = (Object.keys(WEIGHTS) as Feature[]).reduce((sum, name) => sum + WEIGHTS[name] * features[name], BIAS);
  return Math.round(100 / (1 + Math.exp(-z))) / 100;
}
