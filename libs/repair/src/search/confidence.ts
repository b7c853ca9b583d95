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

/** Features of the grounds, each about 0 to 1. */
export function featuresOf({ base, chosen, share, plausible, tried, behaviour, index }: Grounds): Record<string, number> {
  const mended = mendedBy(base, chosen.run);
  const kept = base.tests.filter(({ state }) => state === 'passed').length;
  const examples = behaviour?.examples[index]?.filter((holds) => holds === true).length ?? 0;
  const { origin, size, prior } = chosen.candidate;
  return {
    share,
    evidence: 1 - 0.75 ** (mended + 0.5 * kept + examples),
    origin: ORIGINS[origin],
    small: Math.exp(-size / 60),
    prior: Math.max(0, 1 + Math.log10(Math.max(prior, 1e-6)) / 6),
    crowd: plausible / Math.max(1, tried),
    seen: behaviour ? 1 : 0,
  };
}

/** How often candidates of each origin that pass were right, roughly. */
const ORIGINS: Readonly<Record<Origin, number>> = {
  learned: 1,
  syntax: 0.9,
  playbook: 0.8,
  fixer: 0.9,
  twin: 0.9,
  mutation: 0.7,
  repeat: 0.7,
  pair: 0.3,
};

/** Weights of a logistic regression over the development cases of the benchmark; see docs/adr for how they were fitted. */
const WEIGHTS: Readonly<Record<string, number>> = { share: 2.5, evidence: 1.5, origin: 1.5, small: 0.7, prior: 1.2, crowd: -2, seen: 0.2 };
const BIAS = -3;

/** The calibrated probability that the candidate is right, 0 to 1. Pure. */
export function confidenceOf(grounds: Grounds): number {
  const features = featuresOf(grounds);
  const z = Object.entries(WEIGHTS).reduce((sum, [name, weight]) => sum + weight * (features[name] ?? 0), BIAS);
  return Math.round(100 / (1 + Math.exp(-z))) / 100;
}
