import { type InAppFrame, isFunction, lookup, type Node, type NodeOf, type SourceFile } from '@selfheal/engine';
import { nodeAtFrame, type Scene } from './scene.js';

type Name = NodeOf<'Identifier'>;

/** Whether an identifier stands for a variable: not a property's name, a key, a label or a declaration's exported name. */
export function isReference(file: SourceFile, node: Node): node is Name {
  if (node.type !== 'Identifier') return false;
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key !== node || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return false;
    default:
      return true;
  }
}

/** The references to `name` within a node that no declaration of the file explains. */
export const unresolved = (file: SourceFile, name: string, within: Node = file.program): Name[] =>
  file
    .within(within)
    .filter(
      (node): node is Name => node.type === 'Identifier' && node.name === name && isReference(file, node) && !lookup(file, name, node),
    );

/** The references to a declared name, its declaration left out. */
export const referencesTo = (file: SourceFile, name: string, id: Node, scope: Node): Name[] =>
  file
    .within(scope)
    .filter((node): node is Name => node.type === 'Identifier' && node.name === name && node !== id && isReference(file, node));

/** Whether a name is assigned or updated here. */
export function isWritten(file: SourceFile, node: Node): boolean {
  const parent = file.parentOf(node);
  if (parent?.type === 'AssignmentExpression') return parent.left === node;
  if (parent?.type === 'UpdateExpression') return true;
  return (parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement') && parent.left === node;
}

/**
 * The nodes of a kind where the failure happened: at one of the first frames, the nearest to its place first. V8 points at the
 * failing property, call or name; the innermost node of the kind that begins or ends there comes first.
 */
export function atFrames<T extends Node>(
  scene: Scene,
  is: (node: Node, file: SourceFile) => node is T,
  frames = 3,
): { file: SourceFile; node: T; frame: InAppFrame; rank: number }[] {
  return scene.frames.slice(0, frames).flatMap((frame, rank) => {
    const file = scene.project.file(frame.file);
    const offset = file?.offsetAt(frame);
    if (!file || offset === undefined) return [];
    const at = nodeAtFrame(file, frame);
    const around = at ? [at, ...file.ancestorsOf(at)].filter((node) => !isFunction(node)) : [];
    const line = linesOf(file).get(frame.line) ?? [];
    const found = [...new Set([...line, ...around])].filter((node): node is T => is(node, file));
    const near = (node: Node) => Math.min(Math.abs(node.start - offset), Math.abs(node.end - offset), Math.abs(anchor(node) - offset));
    return found.sort((a, b) => near(a) - near(b) || a.end - a.start - (b.end - b.start)).map((node) => ({ file, node, frame, rank }));
  });
}

/** Where V8 points for a call of a member: at the member's name. */
function anchor(node: Node): number {
  const callee = node.type === 'CallExpression' ? node.callee : node;
  return callee.type === 'MemberExpression' ? callee.property.start : callee.start;
}

const lines = new WeakMap<SourceFile, Map<number, Node[]>>();

/** The nodes of a file by the lines on which they begin or end. */
function linesOf(file: SourceFile): Map<number, Node[]> {
  const known = lines.get(file);
  if (known) return known;
  const map = new Map<number, Node[]>();
  const add = (line: number, node: Node) => {
    const list = map.get(line);
    if (list) list.push(node);
    else map.set(line, [node]);
  };
  for (const node of file.nodes) {
    const [first, last] = [file.positionAt(node.start).line, file.positionAt(anchor(node)).line];
    add(first, node);
    if (last !== first) add(last, node);
  }
  lines.set(file, map);
  return map;
}

/** Deletes a statement with its line. */
export function removal(file: SourceFile, statement: Node): { start: number; end: number; text: string } {
  const start = file.text.lastIndexOf('\n', statement.start - 1) + 1;
  const end = file.text.indexOf('\n', statement.end);
  const alone = file.text.slice(start, statement.start).trim() === '' && (end < 0 || file.text.slice(statement.end, end).trim() === '');
  return alone ? { start, end: end < 0 ? file.text.length : end + 1, text: '' } : { start: statement.start, end: statement.end, text: '' };
}
