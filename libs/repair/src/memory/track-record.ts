import { standing, type Tally } from '@selfheal/engine';
import type { Memory, MemoryRecord } from './memory.js';
import { namesOf } from './memory.js';

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
  return (name) => standing(known.get(name));
}
