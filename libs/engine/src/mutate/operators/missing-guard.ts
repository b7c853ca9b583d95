import { replace } from '../../edits.js';
import { type FunctionNode, isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { conditionsIn } from '../ingredients.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { localsAt, namesUsed, visibleAt } from '../scope.js';
import {
  brief,
  indentOf,
  insertAfter,
  insertBefore,
  isStatement,
  leaves,
  placeOf,
  reindented,
  semicolonOf,
  startsLine,
  statementsOf,
  stepOf,
} from '../statements.js';

const CALLBACK = /^(cb|done|next|callback|fn)$|callback$|Cb$/i;
const ERROR = /^(e|err|error)$/;

/**
 * A case that is not handled before the rest runs:
 * - at the start of a function, or after a variable gets its value: `if (!x) return 0` (dayjs issue 1209), `if (err) return
 *   callback(err)` (async); the value is one that the function returns elsewhere, or null, [], 0, '', false;
 * - a statement that should run only sometimes: `if (e1 == e2) ret.add(e1)` (HumanEvalFix JavaScript/58), with conditions of
 *   the file on the same variables and plain checks of those that the statement uses.
 * "Null guard" and "missing branch" are among the most frequent categories of BugsJS (Gyimesi et al., ICST 2019), and PAR's
 * null-pointer and lower-bound templates (Kim et al., ICSE 2013).
 */
export const missingGuard: MutationOperator = {
  name: 'missing-guard',
  prior: 0.03,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    if (isFunction(node)) {
      yield* atStart(file, node);
      return;
    }
    const place = isStatement(node) && node.type !== 'BlockStatement' ? placeOf(file, node) : undefined;
    const home = place && file.enclosingFunction(node);
    if (node.type === 'VariableDeclaration' && home) {
      for (const name of node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : [])).slice(0, 2))
        for (const { text, weight } of exits(file, home, node, name))
          yield { summary: `${text} after ${brief(file.textOf(node), 40)}`, edits: [insertAfter(file, node, text)], weight: weight * 0.5 };
      return;
    }
    const branch = file.parentOf(node);
    const single =
      !place &&
      isStatement(node) &&
      (branch?.type === 'ForStatement' ||
        branch?.type === 'ForOfStatement' ||
        branch?.type === 'ForInStatement' ||
        branch?.type === 'WhileStatement');
    if ((home || single) && node.type !== 'BlockStatement') yield* around(file, node);
  },
};

function* atStart(file: SourceFile, node: FunctionNode): Iterable<Change> {
  const first = statementsOf(node.body)?.[0];
  if (!first) return;
  for (const [i, param] of node.params.slice(0, 4).entries()) {
    if (param.type !== 'Identifier') continue;
    for (const { text, weight } of exits(file, node, first, param.name))
      yield { summary: `${text} first`, edits: [insertBefore(file, first, text)], weight: weight * (1 - 0.1 * i) };
  }
}

/** `if (<x is not there>) return <what>`, likeliest first. */
function* exits(file: SourceFile, home: FunctionNode, at: Node, name: string): Iterable<{ text: string; weight: number }> {
  const semi = semicolonOf(file);
  const callback = [...visibleAt(file, at).values()].find(
    ({ name: other, kind }) => kind === 'param' && CALLBACK.test(other) && other !== name,
  )?.name;
  if (ERROR.test(name) && callback) {
    yield { text: `if (${name}) return ${callback}(${name})${semi}`, weight: 1 };
    yield { text: `if (${name} === false) return${semi}`, weight: 0.3 };
    return;
  }
  if (CALLBACK.test(name)) return;
  const results = resultsOf(file, home);
  const checks: [string, number][] = [
    [`!${name}`, 1],
    [`${name} == null`, 0.7],
  ];
  if (usesLength(file, home, name)) checks.push([`${name}.length === 0`, 0.6]);
  for (const [check, weight] of checks)
    for (const [result, share] of results) yield { text: `if (${check}) return${result && ` ${result}`}${semi}`, weight: weight * share };
}

const usesLength = (file: SourceFile, home: Node, name: string): boolean =>
  file.textOf(home).includes(`${name}.length`) || file.textOf(home).includes(`${name}[`);

/** What the function returns elsewhere when it is simple, then the usual empty values. */
function resultsOf(file: SourceFile, home: FunctionNode): [string, number][] {
  const said = new Map<string, number>();
  for (const node of file.within(home)) {
    if (node.type !== 'ReturnStatement' || file.enclosingFunction(node) !== home) continue;
    const text = node.argument ? file.textOf(node.argument) : '';
    if (
      node.argument &&
      (node.argument.type === 'Literal' || node.argument.type === 'Identifier' || node.argument.type === 'UnaryExpression') &&
      text.length < 30
    )
      said.set(text, node.argument.type === 'Identifier' ? 0.3 : 1);
    else if (!node.argument) said.set('', 0.8);
  }
  for (const [text, share] of [
    ['null', 0.3],
    ['0', 0.3],
    ['[]', 0.3],
    ['', 0.3],
    ['false', 0.3],
    ["''", 0.2],
    ['true', 0.2],
  ] as const)
    if (!said.has(text)) said.set(text, share);
  return [...said].sort((a, b) => b[1] - a[1]).slice(0, 6);
}

function* around(file: SourceFile, node: Node): Iterable<Change> {
  if (
    node.type === 'FunctionDeclaration' ||
    node.type === 'VariableDeclaration' ||
    node.end - node.start > 400 ||
    (node.type === 'ReturnStatement' && isLast(file, node))
  )
    return;
  const used = namesUsed(file, node);
  const locals = localsAt(file, node);
  const own = locals.filter(({ name }) => used.has(name)).map(({ name }) => name);
  const checks = new Map<string, number>();
  const add = (check: string, weight: number) => checks.has(check) || checks.set(check, weight);
  const visible = visibleAt(file, node);
  for (const { text, names, home } of conditionsIn(file)) {
    const known = [...names].filter((name) => visible.has(name));
    if (known.length < names.size || !own.some((name) => names.has(name))) continue;
    add(text, home === file.enclosingFunction(node) ? 0.6 : 0.45);
  }
  const loops = locals
    .filter(({ declaration }) => isLoopVariable(file, declaration))
    .sort((a, b) => a.id.start - b.id.start)
    .map(({ name }) => name);
  for (const [i, a] of loops.entries())
    for (const b of loops.slice(i + 1))
      for (const op of ['==', '!=', '<', '>'])
        add(`${a} ${op === '==' ? equals(file) : op === '!=' ? equals(file).replace('=', '!') : op} ${b}`, op === '==' ? 0.9 : 0.5);
  for (const name of own.slice(0, 4)) {
    add(name, 0.5);
    add(`!${name}`, 0.4);
    add(`${name} != null`, 0.3);
    if (CALLBACK.test(name)) add(`typeof ${name} === 'function'`, 0.5);
    if (file.textOf(node).includes(`${name}[`) || file.textOf(node).includes(`${name}.`)) add(`Array.isArray(${name})`, 0.2);
  }
  for (const [check, weight] of [...checks].sort((a, b) => b[1] - a[1]).slice(0, 16))
    yield {
      summary: `only if ${brief(check)}: ${brief(file.textOf(node), 60)}`,
      edits: [replace(node, guarded(file, node, check))],
      weight,
    };
}

const isLast = (file: SourceFile, node: Node): boolean => isFunction(file.parentOf(file.parentOf(node) ?? node)) && leaves(node);

const isLoopVariable = (file: SourceFile, declarator: Node): boolean => {
  const loop = declarator.type === 'VariableDeclarator' ? file.parentOf(file.parentOf(declarator) ?? declarator) : undefined;
  return loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement' || loop?.type === 'ForStatement';
};

/** `==` or `===`, whichever the file says more often. */
function equals(file: SourceFile): string {
  const strict = file.text.split(/[=!]==/).length;
  return file.text.split(/[=!]=/).length > 2 * strict - 1 ? '==' : '===';
}

function guarded(file: SourceFile, node: Node, check: string): string {
  if (!file.textOf(node).includes('\n') || !startsLine(file, node)) return `if (${check}) ${file.textOf(node)}`;
  const [indent, step] = [indentOf(file, node), stepOf(file)];
  return `if (${check}) {\n${indent}${step}${reindented(file, node, indent + step)}\n${indent}}`;
}
