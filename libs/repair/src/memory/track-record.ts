import type { Memory, MemoryRecord } from './memory.js';
import { namesOf } from './memory.js';

/** What is assumed of a template that nothing is known of: so many successes and as many failures (a Beta(2, 2) prior). */
const ASSUMED = 2;
const [LEAST, MOST] = [0.5, 2];

/** How often something was right, and how often not. */
export interface Tally {
  readonly proven: number;
  readonly failed: number;
}

/**
 * How much likelier than an unknown one a template or operator with this tally is to be right: the mean of the Beta posterior
 * over that of the prior, from 0.5 to 2. 1 means that nothing is known. Pure.
 */
export function standing({ proven, failed }: Tally): number {
  const ratio = (proven + ASSUMED) / (proven + failed + 2 * ASSUMED) / 0.5;
  return Math.max(LEAST, Math.min(MOST, ratio));
}

/** Successes and failures by name: playbooks, their codemods, mutation operators. Pure. */
export function tallies(records: readonly MemoryRecord[]): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const { playbook, template, outcome } of records) {
    for (const name of new Set([...namesOf(template), ...(playbook === null ? [] : [playbook])])) {
      const { proven, failed } = found.get(name) ?? { proven: 0, failed: 0 };
      found.set(name, outcome === 'proven' ? { proven: proven + 1, failed } : { proven, failed: failed + 1 });
    }
  }
  return found;
}

/** How a playbook, codemod or mutation operator has done in this repository, relative to an unknown one. Pure. */
export function trackRecord(memory: Memory): (name: string) => number {
  const known = tallies(memory.records);
  return (name) => {
    const tally = known.get(name);
    return tally ? standing(tally) : 1;
  };
}
