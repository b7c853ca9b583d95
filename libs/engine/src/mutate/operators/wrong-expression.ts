import { replace } from '../../edits.js';
import { type Node, type NodeOf, unwrap } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { compatible, kindOf } from '../facts/kinds.js';
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
 * Another expression of the same function. 4 % of one-edit fixes (the plastic
 * surgery hypothesis at the size of an expression: Barr et al., FSE 2014; GenProg and CapGen take their ingredients so).
 */
export const wrongExpression: MutationOperator = {
  name: 'wrong-expression',
  prior: 0.024,
  *propose(node, { file }) {
    if (!RECEIVERS.has(node.type) || !isValue(file, node) || node.end - node.start > 120) return;
    const parent = file.parentOf(node);
    if (parent?.type === 'ExpressionStatement' || parent?.type === 'SpreadElement') return;
    if (node.type === 'Identifier' && parent?.type === 'BinaryExpression') yield* element(file, node, parent);
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

/** `x !== xs.at(-i - 1)` in a loop over `i`: an element of the same list was meant. */
function* element(file: SourceFile, node: NodeOf<'Identifier'>, parent: NodeOf<'BinaryExpression'>): Iterable<Change> {
  if (!/^(?:[=!]==?|[<>]=?)$/.test(parent.operator)) return;
  let list = unwrap(parent.left === node ? parent.right : parent.left);
  while (list.type === 'MemberExpression' || list.type === 'CallExpression')
    list = unwrap(list.type === 'MemberExpression' ? list.object : list.callee);
  if (list.type !== 'Identifier' || list.name === node.name || compatible(kindOf(file, list), 'list') < 0.8) return;
  const loop = file.ancestorsOf(node).find((at) => at.type === 'ForStatement');
  const counter = loop?.type === 'ForStatement' && loop.init?.type === 'VariableDeclaration' ? loop.init.declarations[0]?.id : undefined;
  if (counter?.type !== 'Identifier' || counter.name === node.name || scopesOf(file).resolve(counter.name, node)?.binding.id !== counter)
    return;
  const text = `${list.name}[${counter.name}]`;
  yield { summary: `${text} instead of ${node.name}`, edits: [replace(node, text)], weight: 0.6 };
}
