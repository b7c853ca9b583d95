import type { FailurePayload } from '@selfheal/contracts';
import type { Edit, Node, SourceFile } from '@selfheal/engine';
import type { Finding, Proposal } from './playbook.js';
import { locationOf, type Scene, sourceEvidence } from './scene.js';

/** A place where time is lost, with one way to save it. */
export interface Slowness {
  readonly file: SourceFile;
  readonly node: Node;
  readonly proposal: Proposal;
}

/** Milliseconds that the failing request was allowed to take; nothing when the failure does not say. */
export const allowedMs = (failure: FailurePayload): number | undefined => failure.objective_ms ?? failure.expectation?.max_ms;

/** Whether the failure is one of time: over its objective, or said so in its type, name or message. */
export function isSlow({ failure, failureType }: Pick<Scene, 'failure' | 'failureType'>): boolean {
  const allowed = allowedMs(failure);
  if (failure.duration_ms !== undefined && allowed !== undefined) return failure.duration_ms > allowed;
  return (
    /SLOW|TIMEOUT|LATENCY/.test(failureType) ||
    /slow|timeout|timed out|objective/i.test(`${failure.error.name} ${failure.error.message.slice(0, 500)}`)
  );
}

/** One slowness from its edits; `template` without the playbook's name. */
export const slowness = (
  playbook: string,
  file: SourceFile,
  node: Node,
  edits: readonly Edit[],
  { template, summary, score }: { readonly template: string; readonly summary: string; readonly score: number },
): Slowness => ({
  file,
  node,
  proposal: { edits: { [file.path]: edits }, template: `${playbook}/${template}`, summary: summary.slice(0, 500), score },
});

/** What a performance playbook reports of the places it found, best first; nothing when there are none. */
export function slowFinding(
  scene: Scene,
  found: readonly Slowness[],
  words: {
    readonly cause: string;
    readonly evidence: string;
    readonly instruction: string;
    readonly confidence: number;
    readonly risk: number;
  },
): Finding | null {
  const ordered = [...found].sort((a, b) => b.proposal.score - a.proposal.score);
  const [first] = ordered;
  if (!first) return null;
  const { duration_ms: took } = scene.failure;
  const allowed = allowedMs(scene.failure);
  return {
    summary: `${words.cause}${took === undefined ? '' : `: ${Math.round(took)} ms`}${allowed === undefined ? '' : `, ${allowed} ms allowed`}`,
    location: locationOf(first.file, first.node),
    evidence: [sourceEvidence(first.file, first.node, words.evidence)],
    instruction: words.instruction,
    confidence: words.confidence,
    risk: words.risk,
    proposals: () => ordered.map(({ proposal }) => proposal),
  };
}
