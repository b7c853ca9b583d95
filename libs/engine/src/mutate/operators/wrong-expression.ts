import { insert, replace } from '../../edits.js';
import { type Node, unwrap } from '../../nodes.js';
import { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { compatible, kindOf } from '../facts/kinds.js';
import { docOf } from '../facts/literals.js';
import { isValue, outermostFunction } from '../facts/places.js';
import { fitted, precedenceOf } from '../facts/precedence.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

const DONORS: ReadonlySet<Node['type']> = new Set<Node['type']>(['MemberExpression', 'CallExpression', 'BinaryExpression']);
const RECEIVERS: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'Identifier',
  'MemberExpression',
  'CallExpression',
  'BinaryExpression',
]);
const MAX_DONORS = 60;
const MAX_CHANGES = 7;
const LONGEST = 50;

/**
 * Another expression of the same function, or the formula that the comment above it gives. 4 % of one-edit fixes (the plastic
 * surgery hypothesis at the size of an expression: Barr et al., FSE 2014; GenProg and CapGen take their ingredients so).
 */
export const wrongExpression: MutationOperator = {
  name: 'wrong-expression',
  prior: 0.06,
  *propose(node, { file }) {
    yield* effectless(file, node);
    if (!RECEIVERS.has(node.type) || !isValue(file, node) || node.end - node.start > 120) return;
    const parent = file.parentOf(node);
    if (parent?.type === 'ExpressionStatement' || parent?.type === 'SpreadElement') return;
    yield* formulas(file, node);
    yield* donated(file, node);
  },
};

const donorCache = new WeakMap<Node, readonly Node[]>();

function donorsNear(file: SourceFile, node: Node): readonly Node[] {
  const holder = outermostFunction(file, node);
  const known = donorCache.get(holder);
  if (known) return known;
  const seen = new Set<string>();
  const found: Node[] = [];
  for (const other of file.within(holder)) {
    if (!DONORS.has(other.type) || other.end - other.start > LONGEST || !isValue(file, other) || holder === file.program) continue;
    const text = file.textOf(other);
    if (seen.has(text) || /\n|=>/.test(text)) continue;
    seen.add(text);
    found.push(other);
    if (found.length >= MAX_DONORS) break;
  }
  donorCache.set(holder, found);
  return found;
}

function* donated(file: SourceFile, node: Node): Iterable<Change> {
  const kind = kindOf(file, node);
  const own = file.textOf(node);
  const scopes = scopesOf(file);
  const changes: Change[] = [];
  for (const donor of donorsNear(file, node)) {
    const text = file.textOf(donor);
    if (
      text === own ||
      (donor.start <= node.start && node.end <= donor.end) ||
      (node.start <= donor.start && donor.end <= node.end && node.type === 'BinaryExpression')
    )
      continue;
    const fits = compatible(kind, kindOf(file, donor));
    const shape = donor.type === node.type ? 1 : node.type === 'Identifier' ? 0.55 : donor.type === 'BinaryExpression' ? 0.25 : 0.5;
    if (fits === 0 || !file.within(donor).every((part) => inScope(part))) continue;
    const shared = own.length > 3 && (text.includes(own) || sameHead(own, text)) ? 1.3 : 0.7;
    changes.push({
      summary: `${brief(file, donor)} instead of ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, text, precedenceOf(donor)))],
      weight: Math.min(1, 0.3 * shape * shared * fits),
    });
  }
  yield* changes.sort((a, b) => b.weight - a.weight).slice(0, MAX_CHANGES);

  function inScope(part: Node): boolean {
    if (part.type !== 'Identifier' || !scopes.isReference(part)) return true;
    const variable = scopes.variableOf(part);
    return !variable || scopes.resolve(part.name, node) === variable;
  }
}

const sameHead = (a: string, b: string): boolean => /^[\w$]*/.exec(a)?.[0] === /^[\w$]*/.exec(b)?.[0] || a.slice(-6) === b.slice(-6);

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
      weight: 0.6,
    };
  }
}

/** A statement that reads a value and does nothing with it: a step, or a call, was meant. */
function* effectless(file: SourceFile, node: Node): Iterable<Change> {
  const parent = file.parentOf(node);
  if (parent?.type !== 'ExpressionStatement' || (node.type !== 'MemberExpression' && node.type !== 'Identifier')) return;
  const kind = kindOf(file, node);
  for (const [text, weight] of [
    ['++', kind === 'function' ? 0.2 : 1],
    ['--', 0.5],
    ['()', kind === 'function' ? 1 : 0.3],
    [' = true', 0.1],
    [' = 0', 0.1],
  ] as const)
    yield { summary: `${brief(file, node)}${text}`, edits: [insert(node.end, text)], weight };
}
