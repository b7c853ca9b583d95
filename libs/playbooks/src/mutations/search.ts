import { chainRoot, type Node } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { Place, Scene } from '../shared/scene.js';
import { boundaryMutations } from './boundary.js';
import { logicMutations } from './logic.js';
import type { Mutation } from './mutation.js';
import { operatorMutations } from './operators.js';
import { relevance } from './slice.js';

/** More than a guardrail would ever try. */
const MAX_MUTATIONS = 60;

export interface Ranked {
  readonly place: Place;
  readonly mutation: Mutation;
  readonly score: number;
}

/**
 * Mutations of the suspects' code, most promising first: what the wrong values are made of, near the handler, small slips
 * before large ones. `kinds` says which; a later engine may search deeper behind the same function.
 */
export function searchMutations(scene: Scene, kinds: ReadonlySet<Mutation['kind']>): Ranked[] {
  const relevant = relevance(scene);
  const seen = new Set<string>();
  return scene.places
    .filter((place) => !inSchema(place))
    .flatMap((place) =>
      mutationsAt(scene, place, kinds).map((mutation) => ({
        place,
        mutation,
        score: 0.5 * relevant(place) + 0.3 * mutation.prior + 0.2 * place.weight,
      })),
    )
    .sort((a, b) => b.score - a.score)
    .filter(({ place, mutation }) => {
      const key = `${place.file.path}:${mutation.edits.map((e) => `${e.start}-${e.end}=${e.text}`).join()}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, MAX_MUTATIONS);
}

export const asProposal = ({ place, mutation, score }: Ranked): Proposal => ({
  edits: { [place.file.path]: mutation.edits },
  template: `${mutation.kind}/${mutation.name}`,
  summary: mutation.summary,
  score,
});

function mutationsAt({ project }: Scene, { file, node }: Place, kinds: ReadonlySet<Mutation['kind']>): Mutation[] {
  return [
    ...(kinds.has('boundary') ? boundaryMutations(file, node) : []),
    ...(kinds.has('operator') ? operatorMutations(file, node) : []),
    ...(kinds.has('logic') ? logicMutations(project, file, node) : []),
  ];
}

/** Contracts are not up for mutation. */
const inSchema = ({ file, node }: Place): boolean =>
  [node, ...file.ancestorsOf(node)].some(
    (n: Node) => n.type === 'CallExpression' && n.callee.type === 'MemberExpression' && chainRoot(n.callee) === 'z',
  );
