/** Statements as text: where they stand, how they are inserted, removed and replaced without touching what is around them. */
import { type Edit, insert, replace } from '../edits.js';
import type { Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';

/** A list of statements and a place in it. */
export interface Place {
  readonly list: readonly Node[];
  readonly index: number;
}

/** The list that a statement is in; nothing for a single statement such as the body of a brace-less `if`. */
export function placeOf(file: SourceFile, statement: Node): Place | undefined {
  const list = statementsOf(file.parentOf(statement));
  const index = list?.indexOf(statement) ?? -1;
  return list && index >= 0 ? { list, index } : undefined;
}

/** The statements directly in a node that holds a list of them. */
export function statementsOf(holder: Node | undefined | null): readonly Node[] | undefined {
  switch (holder?.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return holder.body as readonly Node[];
    case 'SwitchCase':
      return holder.consequent;
    default:
      return undefined;
  }
}

/** The statements of a function's body, a block, or the one statement itself. */
export const blockBody = (node: Node): readonly Node[] => statementsOf(node) ?? [node];

export const isStatement = (node: Node): boolean =>
  (node.type.endsWith('Statement') && node.type !== 'EmptyStatement') ||
  node.type === 'VariableDeclaration' ||
  node.type === 'FunctionDeclaration' ||
  node.type === 'ClassDeclaration';

/** Whether the node ends the list it is in: nothing after it runs. */
export const leaves = (node: Node | undefined): boolean =>
  node?.type === 'ReturnStatement' ||
  node?.type === 'ThrowStatement' ||
  node?.type === 'BreakStatement' ||
  node?.type === 'ContinueStatement';

/** The white space before the first token of the node's line. */
export function indentOf(file: SourceFile, node: { start: number }): string {
  const lineStart = file.text.lastIndexOf('\n', node.start - 1) + 1;
  return /^[ \t]*/.exec(file.text.slice(lineStart, node.start))?.[0] ?? '';
}

/** Whether only white space stands before the node on its line. */
export function startsLine(file: SourceFile, node: { start: number }): boolean {
  const lineStart = file.text.lastIndexOf('\n', node.start - 1) + 1;
  return file.text.slice(lineStart, node.start).trim() === '';
}

const semicolons = new WeakMap<SourceFile, string>();

/** `;` or nothing: what the file's own simple statements mostly end with. */
export function semicolonOf(file: SourceFile): string {
  const known = semicolons.get(file);
  if (known !== undefined) return known;
  const simple = file.nodes.filter(({ type }) => type === 'ExpressionStatement' || type === 'ReturnStatement').slice(0, 200);
  const ended = simple.filter(({ end }) => file.text[end - 1] === ';').length;
  const mark = simple.length === 0 || ended * 2 >= simple.length ? ';' : '';
  semicolons.set(file, mark);
  return mark;
}

/** Inserts a statement before another in its list, on a line of its own where the other is on one. */
export const insertBefore = (file: SourceFile, statement: Node, text: string): Edit =>
  insert(
    statement.start,
    startsLine(file, statement) ? `${text}\n${indentOf(file, statement)}` : `${text}${/[;}]$/.test(text) ? '' : ';'} `,
  );

/** Inserts a statement after another in its list. */
export function insertAfter(file: SourceFile, statement: Node, text: string): Edit {
  if (!startsLine(file, statement)) return insert(statement.end, `${endsSafely(file, statement) ? '' : ';'} ${text}`);
  const guard = /^[([`/+-]/.test(text) && !endsSafely(file, statement) ? ';' : '';
  return insert(statement.end, `\n${indentOf(file, statement)}${guard}${text}`);
}

const endsSafely = (file: SourceFile, statement: Node): boolean => /[;}]/.test(file.text[statement.end - 1] ?? '');

/** Inserts a statement at the start or the end of a block, or makes a block of a single statement. */
export function insertInto(file: SourceFile, body: Node, text: string, where: 'start' | 'end'): Edit {
  const list = statementsOf(body);
  const first = list?.[0];
  const last = list?.at(-1);
  if (first && last) return where === 'start' ? insertBefore(file, first, text) : insertAfter(file, last, text);
  if (list) {
    const indent = indentOf(file, body);
    const step = stepOf(file);
    const empty = /^\{\s*\}$/.test(file.textOf(body));
    return empty ? replace(body, `{\n${indent}${step}${text}\n${indent}}`) : insert(body.end - 1, `${step}${text}\n${indent}`);
  }
  const own = file.textOf(body);
  const semi = /[;}]$/.test(own) ? '' : ';';
  return replace(body, where === 'start' ? `{ ${text} ${own} }` : `{ ${own}${semi} ${text} }`);
}

const steps = new WeakMap<SourceFile, string>();

/** One level of the file's indentation. */
export function stepOf(file: SourceFile): string {
  const known = steps.get(file);
  if (known !== undefined) return known;
  const widths = [...file.text.slice(0, 20_000).matchAll(/\n([ \t]+)(?=[^\s*])/g)].map(([, space]) => space ?? '');
  const step = widths.some((space) => space.startsWith('\t'))
    ? '\t'
    : ' '.repeat(Math.min(8, ...widths.map(({ length }) => Math.max(2, length)), 8));
  steps.set(file, step);
  return step;
}

/** Removes a statement, with its line when it is alone there; one that must stay a statement becomes `{}`. */
export function removal(file: SourceFile, statement: Node): Edit {
  if (!placeOf(file, statement)) return replace(statement, '{}');
  const { text } = file;
  if (!startsLine(file, statement)) return replace(statement, '');
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  if (lineEnd < 0 || text.slice(statement.end, lineEnd).trim() !== '') return replace(statement, '');
  return replace({ start: lineStart, end: lineEnd + 1 }, '');
}

/** Text of a node as it would stand elsewhere: its later lines moved from its own indentation to another. */
export function reindented(file: SourceFile, node: { start: number; end: number }, indent: string): string {
  const own = indentOf(file, node);
  return file.textOf(node).replaceAll(`\n${own}`, `\n${indent}`);
}

/** A node's text on one line, for summaries: at most `length` characters. */
export function brief(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
