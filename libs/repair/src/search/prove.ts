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
  /** Tests that the command does not run, and that pass on the base and fail with the patch. */
  readonly regressions: (patch: ReadonlyMap<string, string>) => Promise<readonly string[]>;
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
export async function prove({ ranked, maxAttempts, base, editable, command, regressions, onProgress, signal }: Proving): Promise<Proven> {
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
    const lost = proof.passed ? await regressions(one.candidate.patch) : [];
    if (proof.passed && lost.length === 0) {
      tell('proven', '');
      onProgress({ stage: 'proven', summary: one.candidate.summary });
      return { winner: { ...one, ...guarded }, attempts, doubtful };
    }
    tell(
      'failed',
      proof.passed
        ? `breaks tests that the command does not run: ${named(lost)}`
        : `the command still fails in a fresh process: ${proof.how}`,
    );
  }
  return { attempts, doubtful };
}

const named = (tests: readonly string[]): string =>
  `${tests.slice(0, 3).join(', ')}${tests.length > 3 ? ` and ${tests.length - 3} more` : ''}`;

const statOf = (diff: string): string => {
  const lines = diff.split('\n').filter((line) => !/^(?:\+\+\+|---) /.test(line));
  return `+${lines.filter((line) => line.startsWith('+')).length} -${lines.filter((line) => line.startsWith('-')).length}`;
};
