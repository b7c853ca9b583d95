import { insert, replace } from '../../edits.js';
import { dottedName, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { conditionsIn, overlap } from '../ingredients.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { visibleAt } from '../scope.js';
import { brief, isStatement } from '../statements.js';
import { tokensOf } from '../tokens.js';

/**
 * A condition replaced by another of the file that uses known variables, or joined with it; and a check put before it of
 * what it reads from: `input && this.$u === input.$u` (dayjs issue 1201). Prior: "condition changed" and "null guard" of
 * BugsJS (Gyimesi et al., ICST 2019); SPR's condition synthesis found that most are atoms of the program (Long, Rinard,
 * FSE 2015).
 */
export const replaceCondition: MutationOperator = {
  name: 'replace-condition',
  prior: 0.04,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const test = conditionOf(node);
    if (!test) return;
    const own = file.textOf(test);
    for (const object of objectsRead(file, test)) {
      yield {
        summary: `check ${object} before ${brief(own)}`,
        edits: [insert(test.start, `${object} && ${open(test)}`), ...close(test)],
        weight: 0.9,
      };
      yield {
        summary: `check that ${object} is not null before ${brief(own)}`,
        edits: [insert(test.start, `${object} !== null && ${open(test)}`), ...close(test)],
        weight: 0.3,
      };
      yield { summary: `or when there is no ${object}: ${brief(own)}`, edits: [insert(test.start, `!${object} || `)], weight: 0.4 };
    }
    if (!isStatement(node) && node.type !== 'ConditionalExpression') return;
    if (node.type === 'ReturnStatement') return;
    const visible = visibleAt(file, node);
    const bag = new Set(tokensOf(own).map(({ text }) => text));
    const others = conditionsIn(file)
      .filter(
        ({ node: other, names, text }) =>
          text !== own && !(test.start <= other.start && other.end <= test.end) && [...names].every((name) => visible.has(name)),
      )
      .map((other) => ({ ...other, near: overlap(bag, new Set(tokensOf(other.text).map(({ text }) => text))) }))
      .sort((a, b) => b.near - a.near)
      .slice(0, 10);
    for (const { text, near } of others) {
      yield { summary: `${brief(text)} instead of ${brief(own)}`, edits: [replace(test, text)], weight: 0.2 + 0.6 * near };
      if (node.type === 'ForStatement') continue;
      yield {
        summary: `${brief(own)} and ${brief(text)}`,
        edits: [insert(test.start, open(test)), insert(test.end, `${closing(test)} && ${text.includes('||') ? `(${text})` : text}`)],
        weight: 0.3,
      };
      yield { summary: `${brief(own)} or ${brief(text)}`, edits: [insert(test.end, ` || ${text}`)], weight: 0.25 };
    }
  },
};

/** What decides: a test, or a returned `a && b`. */
function conditionOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'WhileStatement':
    case 'ConditionalExpression':
    case 'ForStatement':
      return node.test ?? undefined;
    case 'ReturnStatement':
      return node.argument?.type === 'LogicalExpression' ? node.argument : undefined;
    case 'ArrowFunctionExpression':
      return node.body.type === 'LogicalExpression' ? node.body : undefined;
    default:
      return undefined;
  }
}

const isOr = (test: Node): boolean =>
  (test.type === 'LogicalExpression' && test.operator !== '&&') ||
  test.type === 'ConditionalExpression' ||
  test.type === 'AssignmentExpression';
const open = (test: Node): string => (isOr(test) ? '(' : '');
const closing = (test: Node): string => (isOr(test) ? ')' : '');
const close = (test: Node) => (isOr(test) ? [insert(test.end, ')')] : []);

/** The objects whose members a condition reads, at most three. */
function objectsRead(file: SourceFile, test: Node): string[] {
  const found = new Set<string>();
  for (const node of file.within(test)) {
    const object = node.type === 'MemberExpression' && dottedName(node.object) ? file.textOf(node.object) : undefined;
    if (object && object !== 'this' && !/^[A-Z]\w*$/.test(object)) found.add(object);
  }
  return [...found].slice(0, 3);
}
