import type { GuardedPatch } from '../guard/guard.js';
import type { Lesson } from '../memory/memory.js';
import type { FixAttempt, FixCause, FixReason, FixReport } from '../report.js';
import type { Ranked } from '../search/choose.js';

/** How a heal ended, before it is put into words. */
export interface Ending {
  /** Why there is no patch; absent with a winner, or when the command passes as it is. */
  readonly reason?: FixReason | undefined;
  /** What the reason's sentence needs: a host, a signal, a program. Hostile. */
  readonly detail?: string | undefined;
  readonly passes?: boolean;
  readonly cause?: FixCause | undefined;
  readonly winner?: (Ranked & GuardedPatch) | undefined;
  readonly tried: number;
  readonly attempts: readonly FixAttempt[];
  readonly lessons?: readonly Lesson[];
}

/** The report of a heal. Pure. */
export function reportOf(ending: Ending, ms: number): FixReport {
  const { winner, tried, attempts, reason = null, passes = false } = ending;
  const healed = winner !== undefined;
  return {
    status: healed ? 'healed' : passes ? 'passes_already' : 'not_healed',
    reason: healed || passes ? null : (reason ?? 'no_candidate'),
    message: healed
      ? `${winner.candidate.summary}: the command passes`
      : passes
        ? 'the command passes: there is nothing to heal'
        : messageOf(ending),
    cause: ending.cause ?? null,
    playbook: winner ? (winner.candidate.playbook ?? `${winner.candidate.origin}/${winner.candidate.template}`) : null,
    engine: 'rules',
    confidence: winner?.confidence ?? null,
    candidates_tried: tried,
    attempts,
    total_ms: Math.round(ms),
    patch: winner?.diff ?? null,
    files: winner?.files.map(({ path, before, after }) => ({ path, before, after })) ?? [],
    ...(ending.lessons && { lessons: ending.lessons }),
  };
}

/** What happened and what to do about it. */
function messageOf({ reason = 'no_candidate', detail = '', tried, attempts }: Ending): string {
  switch (reason) {
    case 'flaky':
      return `the command does not fail the same way each time (${detail}): no patch could be proven. Make it deterministic, or run only the test that fails`;
    case 'never_ends':
      return `the command did not end ${detail}. Give a command that ends by itself, or more time with --timeout`;
    case 'cannot_start':
      return `the command cannot start: ${detail}`;
    case 'needs_network':
      return `the command needs the network (${detail}) and does not get an answer: that is no fault of the code. Run it where ${detail} can be reached, or take the call out of the test`;
    case 'killed':
      return `the command was ended by ${detail}: what it says before cannot be trusted. Give it more memory, or find what kills it`;
    case 'ambiguous': {
      const passing = attempts.filter(({ outcome }) => outcome === 'not_chosen').length;
      if (passing === 1)
        return `1 of ${tried} candidates makes the command pass, but too little speaks for it: a patch would be a guess. A further test would decide`;
      return `${passing} of ${tried} candidates make the command pass, and nothing tells which is right: a patch would be a guess. A further test would decide`;
    }
    case 'timeout':
      return `the time was up after ${tried} candidates; none was proven. More time: --timeout`;
    case 'guardrail':
      return `what makes the command pass breaks a guardrail: ${attempts.find(({ outcome }) => outcome === 'rejected')?.reason ?? ''}`;
    case 'nothing_editable':
      return `nothing that may be edited takes part in the failure${detail && `: ${detail}`}. Tests are edited with --allow-tests only; check --files`;
    case 'interrupted':
      return 'interrupted: the work tree is as it was';
    default:
      return `none of ${tried} candidates makes the command pass: the fault needs a larger change than the engine makes, or lies outside the code that ran`;
  }
}
