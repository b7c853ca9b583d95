/** How often something was right, and how often not. */
export interface Tally {
  readonly proven: number;
  readonly failed: number;
}

/** What is assumed of what nothing is known of: so many successes and as many failures (a Beta(2, 2) prior). */
const ASSUMED = 2;
const [LEAST, MOST] = [0.5, 2];

/**
 * How much likelier than an unknown one a playbook, template or operator with this tally is to be right: the mean of the Beta posterior
 * over that of the prior, from 0.5 to 2. 1 means that nothing is known. Pure.
 */
export function standing(tally: Tally | undefined): number {
  if (!tally) return 1;
  const { proven, failed } = tally;
  const ratio = (proven + ASSUMED) / (proven + failed + 2 * ASSUMED) / 0.5;
  return Math.max(LEAST, Math.min(MOST, ratio));
}

/** A confidence from 0 to 1 in the light of a {@link standing}: halved at worst, and half of the doubt taken away at best. Pure. */
export const tempered = (confidence: number, known: number): number => (known <= 1 ? confidence * known : 1 - (1 - confidence) / known);
