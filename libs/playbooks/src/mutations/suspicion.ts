import { chainRoot, type Node, type SourceFile, type Suspicion } from '@selfheal/engine';
import type { Place, Scene } from '../shared/scene.js';
import { relevance } from './slice.js';

/**
 * How suspicious each place of the scene is of the wrong answer: how much the wrong values are made of it, and how near the
 * failure or its handler it is. Nothing outside the suspects is, nor is a contract or text that is joined.
 * @returns the suspicion with all but the `most` likeliest places left out: what a search costs grows with their number
 */
export function suspicionOf(scene: Scene): (most: number) => Suspicion {
  const relevant = relevance(scene);
  const places = scene.places
    .filter((place) => !isContract(place) && !isJoinedText(place.node))
    .map((place) => ({ key: keyOf(place.file.path, place.node), value: relevant(place) ** 2 * place.weight }))
    .sort((a, b) => b.value - a.value);
  return (most) => {
    // The likeliest of those with the same span comes last and stays.
    const bySpan = new Map(
      places
        .slice(0, most)
        .reverse()
        .map(({ key, value }) => [key, value]),
    );
    return (path, node) => bySpan.get(keyOf(path, node)) ?? 0;
  };
}

const keyOf = (path: string, { start, end }: { start: number; end: number }): string => `${path}:${start}-${end}`;

const contracts = new WeakMap<SourceFile, ReadonlySet<Node>>();

/** Contracts are not up for mutation: what stands in a chain of calls on zod's `z`. */
function isContract({ file, node }: Place): boolean {
  const known = contracts.get(file) ?? new Set(file.nodes.filter(isChainOnZ).flatMap((call) => file.within(call)));
  contracts.set(file, known);
  return known.has(node);
}

const isChainOnZ = (node: Node): boolean =>
  node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && chainRoot(node.callee) === 'z';

/** Joining text: other arithmetic would never be meant. */
const isJoinedText = (node: Node): boolean =>
  node.type === 'BinaryExpression' &&
  node.operator === '+' &&
  [node.left, node.right].some((side) => side.type === 'TemplateLiteral' || (side.type === 'Literal' && typeof side.value === 'string'));
