import { replace } from '../../edits.js';
import { similarity } from '../../names.js';
import type { Node, NodeOf } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { compatible, type Kind, kindOf, kindOfVariable } from '../facts/kinds.js';
import { outermostFunction } from '../facts/places.js';
import { isWritten, type Scopes, scopesOf, type Variable } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

const MAX_CHANGES = 9;
/** Variables looked at for each name: the innermost. */
const MAX_VISIBLE = 80;

/**
 * Another variable of the scope, or a constant in an index. 9 % of one-edit fixes (ManySStuBs4J "wrong variable" is the largest
 * pattern that is not a call: 8 to 10 % in its JavaScript and Python counterparts, PySStuBs and TSSB-3M "change identifier used";
 * 6 % of the one-edit faults planted in HumanEvalPack). Ranked by kind of value, likeness of name, nearness, and by how little a
 * variable is used otherwise: one that is declared and never read was meant somewhere.
 */
export const wrongVariable: MutationOperator = {
  name: 'wrong-variable',
  prior: 0.05,
  *propose(node, { file }) {
    if (node.type !== 'Identifier') return;
    const scopes = scopesOf(file);
    const own = scopes.variableOf(node);
    if (!scopes.isReference(node) || (!own && node.name !== 'undefined')) return;
    const parent = file.parentOf(node);
    if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === node) return;
    const shorthand = parent?.type === 'Property' && parent.shorthand ? `${node.name}: ` : '';
    for (const { variable, score } of ranked(file, scopes, node, own)) {
      yield { summary: `${variable.name} instead of ${node.name}`, edits: [replace(node, shorthand + variable.name)], weight: score };
    }
    yield* constantIndex(node, parent);
  },
};

/** `xs[i]` is `xs[0]` or `xs[1]`. */
export function* constantIndex(node: Node, parent: Node | undefined): Iterable<Change> {
  if (parent?.type !== 'MemberExpression' || parent.property !== node || !parent.computed) return;
  yield { summary: 'the first element', edits: [replace(node, '0')], weight: 0.25 };
  yield { summary: 'the second element', edits: [replace(node, '1')], weight: 0.08 };
}

interface Ranked {
  readonly variable: Variable;
  readonly score: number;
}

/** The variables that may have been meant, best first. `own` is nothing for a name that nothing declares. */
export function ranked(
  file: SourceFile,
  scopes: Scopes,
  node: NodeOf<'Identifier'>,
  own: Variable | undefined,
  most = MAX_CHANGES,
): Ranked[] {
  const written = isWritten(file, node);
  const kind = own ? kindOfVariable(file, own) : kindOf(file, node);
  const here = outermostFunction(file, node);
  const visible = scopes.visibleAt(node).slice(0, MAX_VISIBLE);
  const score = (variable: Variable): number => {
    const { binding } = variable;
    if (variable.name === node.name || binding.kind === 'class') return 0;
    if (written && (binding.kind === 'function' || binding.kind === 'import' || isConstant(file, variable))) return 0;
    if (binding.id.start > node.end && binding.kind === 'variable') return 0;
    if (binding.declaration.start <= node.start && node.end <= binding.declaration.end && binding.kind === 'variable') return 0;
    const other = kindOfVariable(file, variable);
    const fits = fitness(kind, other);
    if (fits === 0) return 0;
    const near = binding.scope === file.program && here !== file.program ? 0.45 : 1;
    const callable = (binding.kind === 'function' || binding.kind === 'import') && kind !== 'function' ? 0.15 : 1;
    const rare = variable.references.length === 0 ? 1.6 : variable.references.length === 1 ? 1.2 : 1;
    return fits * near * callable * rare * (0.4 + 0.6 * similarity(node.name, variable.name));
  };
  const scored = visible.map((variable) => ({ variable, score: score(variable) })).filter((entry) => entry.score > 0.02);
  const spread = scored.length > 6 ? 0.8 : 1;
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((entry) => ({ ...entry, score: Math.min(1, entry.score * spread * (written ? 0.5 : 1)) }));
}

const fitness = (kind: Kind | undefined, other: Kind | undefined): number => {
  const fit = compatible(kind, other);
  return fit === 0 ? 0.05 : fit === 0.5 ? 0.45 : fit;
};

const isConstant = (file: SourceFile, { binding }: Variable): boolean => {
  const statement = binding.declaration.type === 'VariableDeclarator' ? file.parentOf(binding.declaration) : undefined;
  return statement?.type === 'VariableDeclaration' && statement.kind === 'const';
};
