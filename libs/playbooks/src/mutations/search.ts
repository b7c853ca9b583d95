import { enumerateMutations, type RankedMutation } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import { KIND_OPERATORS, type Kind, likelihoodInServices } from './kinds.js';
import { suspicionOf } from './suspicion.js';

/** More than a guardrail would ever try. */
const MAX_MUTATIONS = 60;
/** Places that are searched: a few hundred take milliseconds, but the operators of `logic` propose several changes for each. */
const MAX_PLACES: Readonly<Record<Kind, number>> = { boundary: 500, operator: 500, logic: 120 };

/** What a mutation of another kind than the first is worth. */
const OTHER_KINDS = 0.5;

/** A mutation and the kind of slip that it undoes. */
export interface Found extends RankedMutation {
  readonly kind: Kind;
}

/** What is known of a scene: several playbooks ask for the same kinds. */
const searched = new WeakMap<Scene, Map<Kind, readonly Found[]>>();

/**
 * The engine's mutations of the suspects' code, most promising first: what the wrong values are made of, near the handler,
 * frequent slips before rare ones. Those of the first kind come before equals of the others, which playbooks of their own have
 * tried. At most {@link MAX_MUTATIONS}; the same change once. Pure.
 */
export function searchMutations(scene: Scene, kinds: readonly Kind[]): Found[] {
  const known = searched.get(scene) ?? new Map<Kind, readonly Found[]>();
  searched.set(scene, known);
  const missing = kinds.filter((kind) => !known.has(kind));
  if (missing.length > 0) {
    const files = [...new Set(scene.suspects.map(({ file }) => file))];
    const suspicion = suspicionOf(scene);
    for (const kind of missing) {
      const found = enumerateMutations(files, suspicion(MAX_PLACES[kind]), {
        operators: KIND_OPERATORS[kind],
        trackRecord: likelihoodInServices,
        limit: MAX_MUTATIONS,
      });
      known.set(
        kind,
        found.map((mutation) => ({ ...mutation, kind })),
      );
    }
  }
  const seen = new Set<string>();
  return kinds
    .flatMap((kind, i) => (known.get(kind) ?? []).map((found) => (i === 0 ? found : { ...found, score: found.score * OTHER_KINDS })))
    .sort((a, b) => b.score - a.score)
    .filter(({ path, edits }) => {
      const key = JSON.stringify([path, edits]);
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MAX_MUTATIONS);
}

export const asProposal = ({ path, edits, kind, operator, summary, score }: Found): Proposal => ({
  edits: { [path]: edits },
  template: `${kind}/${operator}`,
  summary,
  score: Math.min(1, score),
});
