import type { Cause, Evidence, FAMILIES, FailurePayload, SourceLocation, SourceSnapshot } from '@selfheal/contracts';
import type { Edit } from '@selfheal/engine';
import type { Json } from './playbook-json.js';
import { type Scene, sceneOf } from './scene.js';

export type Family = (typeof FAMILIES)[number];

/** What a playbook looks at. `failure` is as the emitter sent it, its stack reduced to the target's own frames. */
export interface PlaybookInput {
  readonly failureType: string;
  readonly failure: FailurePayload;
  readonly sources: SourceSnapshot;
}

/** Why the failure happens, in a playbook's view, and how it would be mended. */
export interface Diagnosis {
  readonly summary: string;
  readonly category: Family;
  readonly location?: SourceLocation;
  readonly evidence: readonly Evidence[];
  readonly instruction: string;
  /** The files that the fix may touch. */
  readonly files: readonly string[];
  readonly data: Readonly<Record<string, Json>>;
  /** 0 to 1: how sure the playbook is that this is the cause. */
  readonly confidence: number;
  /** 0 to 1: what a wrong fix of this kind may break. */
  readonly risk: number;
}

/** One way to mend it, as edits against the snapshot. */
export interface Proposal {
  readonly edits: Readonly<Record<string, readonly Edit[]>>;
  /** The codemod that made it. */
  readonly template: string;
  readonly summary: string;
  /** 0 to 1, higher is tried first. */
  readonly score: number;
}

/** The part of RCA_READY that a playbook made, as it comes back over the wire. */
export interface Plan {
  readonly playbook: string;
  readonly cause: Cause;
  readonly patch_spec: { readonly instruction: string; readonly files: readonly string[]; readonly data: Readonly<Record<string, Json>> };
}

/** A kind of failure and its fixes. Both functions are pure: no clock, no I/O, no state. */
export interface Playbook {
  readonly name: string;
  readonly family: Family;
  readonly title: string;
  /** The cause, or nothing when this playbook does not explain the failure. */
  diagnose(input: PlaybookInput): Diagnosis | null;
  /** Fixes for a plan that this playbook made, best first. */
  propose(plan: Plan, failure: FailurePayload, sources: SourceSnapshot): Proposal[];
}

/** What a playbook finds in one look: the diagnosis and, on demand, its fixes. */
export interface Finding extends Omit<Diagnosis, 'category' | 'files' | 'data' | 'evidence'> {
  readonly evidence?: readonly Evidence[];
  readonly data?: Readonly<Record<string, Json>>;
  readonly proposals: () => Proposal[];
}

export interface PlaybookDefinition {
  readonly name: string;
  readonly family: Family;
  readonly title: string;
  /** Looks at the scene once. Nothing when there is nothing to mend. */
  readonly investigate: (scene: Scene) => Finding | null;
}

/** A playbook from one `investigate`: what it finds is what it proposes, so that the two cannot disagree. */
export function definePlaybook({ name, family, title, investigate: look }: PlaybookDefinition): Playbook {
  const seen = new WeakMap<Scene, { readonly finding: Finding | null }>();
  const investigate = (scene: Scene): Finding | null => {
    const known = seen.get(scene) ?? { finding: look(scene) };
    seen.set(scene, known);
    return known.finding;
  };
  return {
    name,
    family,
    title,
    diagnose(input) {
      const found = investigate(sceneOf(input));
      if (!found) return null;
      const { proposals, evidence = [], data = {}, ...rest } = found;
      const files = [...new Set(proposals().flatMap((proposal) => Object.keys(proposal.edits)))].slice(0, 20);
      return files.length === 0 ? null : { ...rest, category: family, evidence, files, data };
    },
    propose(_plan, failure, sources) {
      const found = investigate(sceneOf({ failureType: 'FAILURE', failure, sources }));
      return [...(found?.proposals() ?? [])].sort((a, b) => b.score - a.score);
    },
  };
}
