import { asDiff, type GuardedPatch, objectionsTo } from '../guard/guard.js';
import type { FixAttempt, FixProgress } from '../report.js';
import type { Ranked } from './choose.js';
import { MIN_CONFIDENCE } from './confidence.js';

export interface Proving {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  readonly maxAttempts: number;
  readonly base: ReadonlyMap<string, string>;
  readonly editable: (path: string) => boolean;
  /** Runs the whole command in a fresh process on the patched tree: whether it passes, and how it ended in words. */
  readonly command: (patch: ReadonlyMap<string, string>) => Promise<{ passed: boolean; how: string }>;
  readonly onProgress: (event: FixProgress) => void;
  readonly signal: AbortSignal;
}

export interface Proven {
  readonly winner?: Ranked & GuardedPatch;
  readonly attempts: readonly FixAttempt[];
  /** Candidates that passed but are too doubtful to offer. */
  readonly doubtful: number;
}

/**
 * Takes the best candidate that keeps the guardrails, is likely enough to be right, and makes the whole command pass in a
 * fresh process. At most `maxAttempts` are proven.
 */
export async function prove({ ranked, maxAttempts, base, editable, command, onProgress, signal }: Proving): Promise<Proven> {
  const attempts: FixAttempt[] = [];
  let doubtful = 0;
  let proofs = 0;
  for (const one of ranked) {
    if (signal.aborted || proofs >= maxAttempts) break;
    const guarded = asDiff(one.candidate.patch, base);
    const tell = (outcome: FixAttempt['outcome'], reason: string) => {
      const { summary, template } = one.candidate;
      attempts.push({ summary, template, diff_stat: statOf(guarded.diff), outcome, reason });
      if (outcome !== 'proven') onProgress({ stage: 'rejected', reason: `${summary}: ${reason}` });
    };
    const [objection] = objectionsTo(guarded, editable, one.candidate.playbook);
    if (objection) {
      tell('rejected', objection);
      continue;
    }
    if (one.confidence < MIN_CONFIDENCE) {
      doubtful++;
      tell('not_chosen', `passes, but with a confidence of ${one.confidence} it would be a guess`);
      continue;
    }
    onProgress({ stage: 'proving', attempt: ++proofs, of: maxAttempts, summary: one.candidate.summary });
    const proof = await command(one.candidate.patch);
    if (proof.passed) {
      tell('proven', '');
      onProgress({ stage: 'proven', summary: one.candidate.summary });
      return { winner: { ...one, ...guarded }, attempts, doubtful };
    }
    tell('failed', `the command still fails in a fresh process: ${proof.how}`);
  }
  return { attempts, doubtful };
}

const statOf = (diff: string): string => {
  const lines = diff.split('\n').filter((line) => !/^(?:\+\+\+|---) /.test(line));
  return `+${lines.filter((line) => line.startsWith('+')).length} -${lines.filter((line) => line.startsWith('-')).length}`;
};
