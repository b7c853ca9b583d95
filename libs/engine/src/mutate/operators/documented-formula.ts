import { replace } from '../../edits.js';
import { type Node, unwrap } from '../../nodes.js';
import { SourceFile } from '../../source-file.js';
import { docOf } from '../facts/literals.js';
import { isValue, outermostFunction } from '../facts/places.js';
import { fitted, precedenceOf } from '../facts/precedence.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

const RECEIVERS: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'Identifier',
  'MemberExpression',
  'CallExpression',
  'BinaryExpression',
]);

/**
 * The formula that the comment above the function gives, in place of what the code computes. 1 % of one-edit fixes, but hardly
 * ever proposed where it is not meant (HumanEvalPack JavaScript/147; Tan et al., SOSP 2007: comments against code, iComment).
 */
export const documentedFormula: MutationOperator = {
  name: 'documented-formula',
  prior: 0.1,
  *propose(node, { file }) {
    if (!RECEIVERS.has(node.type) || !isValue(file, node) || node.end - node.start > 120) return;
    const parent = file.parentOf(node);
    if (parent?.type !== 'ExpressionStatement' && parent?.type !== 'SpreadElement') yield* formulas(file, node);
  },
};

interface Formula {
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly precedence: number;
}
const formulaCache = new WeakMap<Node, readonly Formula[]>();

/** The arithmetic in the comments of a function: `a[i] = i * i - i + 1` gives `i * i - i + 1`. */
function formulasNear(file: SourceFile, node: Node): readonly Formula[] {
  const holder = outermostFunction(file, node);
  const known = formulaCache.get(holder);
  if (known) return known;
  const found: Formula[] = [];
  for (const match of docOf(file, node).matchAll(/[\w$()[\].]+(?:[ \t]*(?:\*\*|[-+*/%])[ \t]*[\w$()[\].]+)+/g)) {
    const text = match[0].trim().replace(/\.$/, '');
    if (text.length > 60 || found.length >= 8 || !/[A-Za-z]/.test(text) || found.some((formula) => formula.text === text)) continue;
    const parsed = new SourceFile('formula.js', `(${text});`);
    const [statement] = parsed.program.body;
    if (parsed.errors.length > 0 || statement?.type !== 'ExpressionStatement') continue;
    const names = parsed.nodes.flatMap((part) => (part.type === 'Identifier' && scopesOf(parsed).isReference(part) ? [part.name] : []));
    found.push({ text, names: new Set(names), precedence: precedenceOf(unwrap(statement.expression)) });
  }
  formulaCache.set(holder, found);
  return found;
}

function* formulas(file: SourceFile, node: Node): Iterable<Change> {
  const parent = file.parentOf(node);
  if (parent?.type === 'BinaryExpression' || parent?.type === 'MemberExpression') return;
  const known = formulasNear(file, node);
  if (known.length === 0) return;
  const own = file.textOf(node);
  const scopes = scopesOf(file);
  for (const formula of known) {
    if (formula.text === own || [...formula.names].some((name) => !scopes.resolve(name, node))) continue;
    yield {
      summary: `${formula.text}, as the comment says`,
      edits: [replace(node, fitted(file, node, formula.text, formula.precedence))],
      weight: 1,
    };
  }
}
