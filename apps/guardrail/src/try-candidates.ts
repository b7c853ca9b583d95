import type { Candidate, Judged, Proof, Verdict } from '@selfheal/contracts';
import { evaluate, type PatchFacts, passedBeforeTrial } from '@selfheal/policy';
import { gatherFacts } from './gather-facts.js';
import { mayGoOn, whyNot } from './judge.js';
import type { OpenSandbox, Sandbox, SandboxRequest } from './sandbox-port.js';
import { showInverse } from './show-inverse.js';

export interface Trying extends SandboxRequest {
  readonly openSandbox: OpenSandbox;
}

export interface Winner {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly proof: Proof;
  readonly inverse: string;
}

export interface Tried {
  /** The first candidate that passed everything. */
  readonly winner?: Winner;
  /** Those judged before it, in order. */
  readonly rejected: readonly Judged[];
  /** Whether time ran out before every candidate was judged. */
  readonly outOfTime: boolean;
}

/**
 * Judges candidates in order until one passes everything. Static policy comes first, for it executes nothing: only a
 * patch that passes it is given to git, and only what git can take back is given to the sandbox, which opens when the
 * first patch needs it. `trying.signal` is the time limit.
 */
export async function tryCandidates(candidates: readonly Candidate[], trying: Trying): Promise<Tried> {
  const rejected: Judged[] = [];
  let opening: Promise<Sandbox> | undefined;
  const sandbox = () => {
    opening ??= trying.openSandbox(trying);
    return opening;
  };
  try {
    for (const candidate of candidates) {
      if (trying.signal.aborted) return { rejected, outOfTime: true };
      const judged = await judgeCandidate(candidate, trying, sandbox);
      if (judged.winner) return { winner: judged.winner, rejected, outOfTime: false };
      rejected.push(judged.rejected);
      trying.progress(`rejected ${whyNot(judged.rejected)}`);
    }
    return { rejected, outOfTime: false };
  } catch (error) {
    if (trying.signal.aborted) return { rejected, outOfTime: true };
    throw error;
  } finally {
    await opening?.then(
      (open) => open.close(),
      () => {},
    );
  }
}

type OneJudged = { readonly winner: Winner; readonly rejected?: never } | { readonly rejected: Judged; readonly winner?: never };

async function judgeCandidate(candidate: Candidate, trying: Trying, sandbox: () => Promise<Sandbox>): Promise<OneJudged> {
  const { target, baseRevision, signal, progress } = trying;
  const facts = await gatherFacts(target, baseRevision, candidate, signal);
  const first = evaluate(facts);
  if (!passedBeforeTrial(first)) return { rejected: { candidate: candidate.digest, verdict: first } };
  progress(`${candidate.digest.slice(0, 8)} passes ${groupsOf(first)}: ${candidate.summary}`);
  // The sandbox starts while git works; it has not been given the patch yet.
  const [open, shown] = await Promise.all([sandbox(), showInverse(target.root, baseRevision, candidate.diff, facts.files, signal)]);
  if (!shown.applies) {
    progress(`git: ${shown.reason}`);
    return { rejected: { candidate: candidate.digest, verdict: evaluate({ ...facts, inverseApplies: false }) } };
  }
  const [types, proof] = await Promise.all([open.runTypes(candidate.diff), prove(open, candidate, trying)]);
  progress(
    types.ran
      ? `types: ${types.new_errors.length ? `${types.new_errors.length} new error(s)` : 'no new error'}`
      : 'types: the target has no type check',
  );
  const complete: PatchFacts = { ...facts, types, inverseApplies: true };
  const verdict = evaluate(complete);
  if (proof && mayGoOn(verdict, proof)) return { winner: { candidate, verdict, proof, inverse: shown.inverse } };
  return { rejected: { candidate: candidate.digest, verdict, ...(proof && { proof }) } };
}

/** A sandbox that fails on one patch is no proof for it, and no reason to give up on the next. */
async function prove(open: Sandbox, candidate: Candidate, { progress, signal }: Trying): Promise<Proof | undefined> {
  try {
    const proof = await open.prove(candidate.diff);
    for (const { role, base, patched } of proof.replays) {
      progress(`replay ${role} ${patched.request.method} ${patched.request.path}: base ${shown(base)}, patched ${shown(patched)}`);
    }
    progress(`proof: ${proof.reason}`);
    return proof;
  } catch (error) {
    signal.throwIfAborted();
    progress(`the sandbox failed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

const shown = ({ passed, status }: Proof['replays'][number]['base']): string =>
  `${passed ? 'passes' : 'fails'}${status === undefined ? '' : ` (${status})`}`;

/** The groups of checks that have run, by name. */
const groupsOf = (verdict: Verdict): string =>
  [...new Set(verdict.checks.filter((check) => check.passed).map((check) => check.group))].join(', ');
