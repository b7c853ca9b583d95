import { isFunction, type Node, type SourceFile } from '@selfheal/engine';
import type { Wrap } from './wraps.js';

/** UTF-16 offsets [start, end) in the text of the file. */
export type Stretch = readonly [number, number];

export interface Instrumentation {
  /** What to put into the text (applyWraps): each calls `Buffer.__sf(n)` of the process that has one, and nothing elsewhere. */
  readonly wraps: readonly Wrap[];
  /** The stretch that number `first + i` stands for; stretches nest. */
  readonly stretches: readonly Stretch[];
}

const NEVER_RUN = /^(?:Import|ExportAll|TS|FunctionDeclaration$|EmptyStatement$|ClassDeclaration$)/;
const STATEMENT_LISTS = new Set<Node['type']>(['Program', 'BlockStatement', 'StaticBlock', 'SwitchCase']);

/**
 * Counters for every statement, for function bodies, for branches of `?:` and for right operands of `&&`, `||`, `??`. They
 * stay on the line of what they count, survive every transpiler, and keep the meaning of the code but for
 * `Function.prototype.toString`. Pure.
 * @param first the number of the first counter: several files share one table
 */
export function instrument(file: SourceFile, first = 0): Instrumentation {
  const wraps: Wrap[] = [];
  const stretches: Stretch[] = [];
  const count = (
    node: { start: number; end: number },
    form: (call: string) => Pick<Wrap, 'before' | 'after'>,
    at: { start: number; end: number } = node,
  ) => {
    // Buffer is the one object that a test framework's contexts share with Node; a module may have a variable of that name.
    const call = `(globalThis.Buffer.__sf||Object)(${first + stretches.length})`;
    stretches.push([node.start, node.end]);
    wraps.push({ start: at.start, end: at.end, ...form(call) });
  };
  // The first semicolon ends a statement before that has none: a parenthesis would go on with it.
  const statement = (call: string) => ({ before: `;${call};`, after: '' });
  const block = (call: string) => ({ before: `{${call};`, after: '}' });
  const operand = (call: string) => ({ before: `(${call},`, after: ')' });

  for (const node of file.nodes) {
    const parent = file.parentOf(node);
    if (!parent) continue;
    if (STATEMENT_LISTS.has(parent.type) && !(parent.type === 'SwitchCase' && parent.test === node)) {
      if (!NEVER_RUN.test(node.type) && !isDirective(node)) count(node, statement);
    } else if (isLoneStatement(node, parent)) count(node, block);
    else if (isOperand(node, parent)) count(node, operand);
    if (isFunction(parent) && parent.body === node) {
      if (node.type === 'BlockStatement') {
        const from = node.body.find((each) => !isDirective(each))?.start ?? node.end - 1;
        count(parent, statement, { start: from, end: node.end - 1 });
      } else if (!isOperand(node, parent)) count(node, operand);
    }
  }
  return { wraps, stretches };
}

const isDirective = (node: Node): boolean =>
  node.type === 'ExpressionStatement' && 'directive' in node && typeof node.directive === 'string';

/** A statement that is a branch or a body without braces. */
function isLoneStatement(node: Node, parent: Node): boolean {
  if (node.type === 'BlockStatement' || NEVER_RUN.test(node.type) || node.type === 'VariableDeclaration') return false;
  switch (parent.type) {
    case 'IfStatement':
      return node === parent.consequent || (node === parent.alternate && node.type !== 'IfStatement');
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node === parent.body;
    default:
      return false;
  }
}

const isOperand = (node: Node, parent: Node): boolean =>
  (parent.type === 'ConditionalExpression' && node !== parent.test) || (parent.type === 'LogicalExpression' && node === parent.right);

/** What was executed, given the numbers of the counters that were: each stretch without those inside that were not. Sorted, disjoint. */
export function executedStretches(stretches: readonly Stretch[], isHit: (index: number) => boolean): Stretch[] {
  const ordered = stretches
    .map(([start, end], index) => ({ start, end, hit: isHit(index) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const found: [number, number][] = [];
  const open: typeof ordered = [];
  let at = 0;
  const paintTo = (to: number) => {
    if (open.at(-1)?.hit && to > at) {
      const last = found.at(-1);
      if (last && last[1] === at) last[1] = to;
      else found.push([at, to]);
    }
    at = Math.max(at, to);
  };
  const closeUpTo = (limit: number) => {
    for (let last = open.at(-1); last && last.end <= limit; last = open.at(-1)) {
      paintTo(last.end);
      open.pop();
    }
  };
  for (const stretch of ordered) {
    closeUpTo(stretch.start);
    paintTo(stretch.start);
    at = stretch.start;
    open.push(stretch);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return found;
}
