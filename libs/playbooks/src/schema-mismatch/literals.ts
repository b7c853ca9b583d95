import { chainRoot, type Node, type NodeOf, propertiesOf, type SourceFile } from '@selfheal/engine';
import type { Issue } from '../shared/issues.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

export interface Literal {
  readonly file: SourceFile;
  readonly node: NodeOf<'ObjectExpression'>;
  /** Names of its own properties. */
  readonly keys: readonly string[];
}

/** A fix and the node that it is about. */
export interface Fix {
  readonly file: SourceFile;
  readonly node: Node;
  readonly proposal: Proposal;
}

/** Whether the literal is the definition of a schema: `z.object({ … })`, `{ type: 'object', properties: { … } }`. */
export function isSchemaLiteral(file: SourceFile, node: Node): boolean {
  return file.ancestorsOf(node).some((a) => {
    if (a.type === 'CallExpression') return chainRoot(a.callee) === 'z';
    return a.type === 'Property' && a.key.type === 'Identifier' && a.key.name === 'properties';
  });
}

const literal = (file: SourceFile, node: NodeOf<'ObjectExpression'>): Literal => ({ file, node, keys: [...propertiesOf(node).keys()] });

/** The schemas that define a field, by the literal of its fields. The files near the failure first. */
export function schemasOf(scene: Scene, field: string): Literal[] {
  const near = new Set(scene.suspects.flatMap(({ file }) => [file.path, ...scene.project.importsOf(file)]));
  return scene.project
    .files()
    .flatMap((file) => file.nodes.flatMap((node) => (node.type === 'ObjectExpression' ? [literal(file, node)] : [])))
    .filter(({ file, node, keys }) => keys.includes(field) && isSchemaLiteral(file, node))
    .sort((a, b) => Number(near.has(b.file.path)) - Number(near.has(a.file.path)));
}

export interface Builder {
  readonly literal: Literal;
  readonly schema: Literal | undefined;
  /** 0 to 1: the share of fields that both have. */
  readonly overlap: number;
}

/** The literals that may build the value of an issue, best first: those that share most fields with its schema. */
export function builders(scene: Scene, issue: Issue): Builder[] {
  const field = issue.keys.at(-1);
  if (field === undefined) return [];
  const schemas = schemasOf(scene, field);
  return scene.places
    .flatMap(({ file, node }) => (node.type === 'ObjectExpression' && !isSchemaLiteral(file, node) ? [literal(file, node)] : []))
    .flatMap((candidate): Builder[] => {
      const rated = schemas.map((schema) => ({ literal: candidate, schema, overlap: overlapOf(candidate.keys, schema.keys) }));
      const best = rated.sort((a, b) => b.overlap - a.overlap)[0];
      return best ? [best] : [{ literal: candidate, schema: undefined, overlap: 0.1 }];
    })
    .filter(({ overlap }) => overlap > 0)
    .sort((a, b) => b.overlap - a.overlap)
    .slice(0, 4);
}

/** The Jaccard index of two sets of names. */
function overlapOf(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((name) => b.includes(name)).length;
  return shared / Math.max(1, new Set([...a, ...b]).size);
}
