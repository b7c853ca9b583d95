import type { LearnedFixes } from '@selfheal/contracts';
import type { FixOutcome } from './entities/fix-outcome.entity.js';

const MOST = { fixes: 5, failed: 200 } as const;
/** A longer patch is no shape that comes back. Characters. */
const LONGEST_DIFF = 50_000;

/**
 * What is known of the patches for one fingerprint: the latest outcome of each shape counts, so that a fix that was rolled back later
 * is no fix any more. Pure.
 *
 * @param outcomes of this fingerprint, latest first
 */
export function learnedFrom(outcomes: readonly Pick<FixOutcome, 'target' | 'template' | 'outcome' | 'shape' | 'diff'>[]): LearnedFixes {
  const fixes: LearnedFixes['fixes'] = [];
  const failed: string[] = [];
  const seen = new Set<string>();
  for (const { target, template, outcome, shape, diff } of outcomes) {
    if (seen.has(`${target} ${shape}`)) continue;
    seen.add(`${target} ${shape}`);
    if (outcome !== 'healed') failed.push(shape);
    else if (diff && diff.length <= LONGEST_DIFF) fixes.push({ target, template, diff });
  }
  return { fixes: fixes.slice(0, MOST.fixes), failed: failed.slice(0, MOST.failed) };
}
