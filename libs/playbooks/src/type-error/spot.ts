import type { SourceSnapshot } from '@selfheal/contracts';
import { type Edit, type Node, type Project, projectOf, type SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { TypeDiagnostic } from './diagnostic.js';

/** A diagnostic laid over the sources. */
export interface Spot {
  readonly project: Project;
  readonly file: SourceFile;
  readonly diagnostic: TypeDiagnostic;
  /** The smallest node that begins where the diagnostic points. */
  readonly node: Node;
  /** The largest expression or pattern that begins there. */
  readonly widest: Node;
}

/** A codemod for some codes of the compiler. */
export type TypeFix = (spot: Spot) => readonly Proposal[];

/** Where a diagnostic points, or nothing when the sources have no such place. */
export function spotOf(diagnostic: TypeDiagnostic, snapshot: SourceSnapshot): Spot | undefined {
  const project = projectOf(snapshot);
  const file = project.file(diagnostic.path);
  const offset = file?.offsetAt(diagnostic);
  const node = file && offset !== undefined ? file.nodeAt(offset) : undefined;
  if (!file || !node || node.type === 'Program') return undefined;
  let widest: Node = node;
  for (const at of file.ancestorsOf(node)) {
    if (at.start !== node.start || /Statement$|Declaration$|Program|Property|Declarator|Specifier/.test(at.type)) break;
    widest = at;
  }
  return { project, file, diagnostic, node, widest };
}

/** A proposal of this family; `template` without the playbook's name. */
export const typeFix = (edits: Readonly<Record<string, readonly Edit[]>>, template: string, summary: string, score: number): Proposal => ({
  edits,
  template: `type-error/${template}`,
  summary: summary.slice(0, 500),
  score,
});

/** The value behind what a diagnostic of assignment points at: `const x: T = value`, `x = value`, `{ x: value }`, `return value`. */
export function assignedValue({ file, node, widest }: Spot): Node | undefined {
  for (const at of [node, ...file.ancestorsOf(node)]) {
    if (at.type === 'VariableDeclarator') return at.init ?? undefined;
    if (at.type === 'PropertyDefinition') return at.value ?? undefined;
    if (at.type === 'Property') return at.key.start === node.start && !at.shorthand ? at.value : widest;
    if (at.type === 'AssignmentExpression') return at.left.start === node.start ? at.right : widest;
    if (at.type === 'ReturnStatement') return at.argument ?? undefined;
    if (at.type === 'AssignmentPattern') return at.right;
    if (at.type === 'CallExpression' || at.type === 'NewExpression' || at.type === 'ArrowFunctionExpression') return widest;
    if (/Statement$/.test(at.type)) return undefined;
  }
  return undefined;
}

/** A value of a type, as source text: what stands for "nothing" of it. Nothing when there is no harmless one. */
export function emptyOf(type: string): string | undefined {
  const text = type.trim();
  const parts = text.split('|').map((part) => part.trim());
  if (parts.includes('undefined')) return 'undefined';
  if (parts.includes('null')) return 'null';
  if (text === 'string') return "''";
  if (text === 'number') return '0';
  if (text === 'bigint') return '0n';
  if (text === 'boolean') return 'false';
  if (/\[\]$|^(?:Readonly)?Array</.test(text)) return '[]';
  if (/^(?:Readonly)?Map</.test(text)) return 'new Map()';
  if (/^(?:Readonly)?Set</.test(text)) return 'new Set()';
  if (/^(?:Partial<|Record<|\{\s*\})/.test(text)) return '{}';
  if (text === 'Date') return 'new Date()';
  return undefined;
}
