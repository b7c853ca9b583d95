import type { TestRun } from '../oracle/oracle.js';
import type { Behaviour } from '../probe/probe.js';
import { confidenceOf } from './confidence.js';
import type { Tried } from './try-all.js';

/** A plausible candidate with how much speaks for it. */
export interface Ranked extends Tried {
  /** 0 to 1, calibrated: how likely it is right. */
  readonly confidence: number;
}

/** What the choice is made from: plain data. */
export interface Choice {
  readonly base: TestRun;
  readonly plausible: readonly Tried[];
  /** How many candidates were tried in all. */
  readonly tried: number;
  /** Answers to inputs that the tests do not have, for the first of `plausible`; absent when they cannot be had. */
  readonly behaviour?: Behaviour | undefined;
}

/** A candidate that contradicts an example in the comments is seldom right; examples are wrong at times. */
const AGAINST_EXAMPLE = 0.1;
/** The probe's answer for an input of which nothing is known: a promise, or no time. */
const UNKNOWN = 'unknown';
/** Without their answers, two candidates that pass the same tests are taken to agree this often. */
const UNSEEN_AGREEMENT = 0.4;

/**
 * Orders the plausible candidates by how likely each is right: its prior, the examples in the comments, and how much of the
 * whole mass of candidates answers as it does (minimum Bayes risk over behaviour; compare CodeT, Chen et al. 2022, and
 * the behavioural clustering of AlphaCode, Li et al. 2022). Pure.
 */
export function rankPlausible(choice: Choice): Ranked[] {
  const { base, plausible, tried, behaviour } = choice;
  const weights = plausible.map((one, i) => one.candidate.prior * exampleFactor(behaviour, i));
  const total = weights.reduce((sum, w) => sum + w, 0) || 1;
  const shares = plausible.map((_, i) => weights.reduce((sum, w, j) => sum + w * agreement(behaviour, i, j), 0) / total);
  const order = plausible.map((one, i) => ({ one, i, score: (shares[i] ?? 0) * Math.sqrt(weights[i] ?? 0) }));
  order.sort((a, b) => b.score - a.score || a.one.candidate.size - b.one.candidate.size || a.one.order - b.one.order);
  return order.map(({ one, i }) => ({
    ...one,
    confidence: confidenceOf({ base, chosen: one, share: shares[i] ?? 0, plausible: plausible.length, tried, behaviour, index: i }),
  }));
}

function exampleFactor(behaviour: Behaviour | undefined, i: number): number {
  const verdicts = behaviour?.examples[i] ?? [];
  const against = verdicts.filter((holds, e) => holds === false && behaviour?.examples.some((other) => other[e] === true)).length;
  return AGAINST_EXAMPLE ** Math.min(against, 2);
}

/** How often two candidates answer alike, 0 to 1, sharpened: a few differences are enough to be another program. */
function agreement(behaviour: Behaviour | undefined, i: number, j: number): number {
  if (i === j) return 1;
  const [a, b] = [behaviour?.outputs[i], behaviour?.outputs[j]];
  const known = a && b ? a.flatMap((text, at) => (text === UNKNOWN || b[at] === UNKNOWN ? [] : [text === b[at]])) : [];
  if (known.length === 0) return UNSEEN_AGREEMENT;
  return (known.filter(Boolean).length / known.length) ** 8;
}
