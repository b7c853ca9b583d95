import { lookup } from '../../bindings.js';
import { isFunction, memberName, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { isWritten } from '../facts/scopes.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { isGlobal } from '../scope.js';
import { insertBefore, semicolonOf, statementsOf } from '../statements.js';
import { referencesTo, referredNames } from '../uses.js';

/**
 * A name that is used and declared nowhere: `let results = []` at the start of the innermost block that holds all its uses
 * (async filter, SWE-smith remove_assign). The initial value comes from a declaration of the same name elsewhere in the
 * file, else from the uses: pushed to is `[]`, added to is 0, indexed is `{}`. `no-undef` is ESLint's name for it.
 */
export const missingDeclaration: MutationOperator = {
  name: 'missing-declaration',
  prior: 0.14,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const list = node.type === 'BlockStatement' ? statementsOf(node) : undefined;
    const first: Node | undefined = list?.[0];
    if (!list || !first) return;
    for (const { name, uses, block } of undeclared(file)) {
      if (block !== node) continue;
      const user: Node = list.find((statement) => uses.some((use) => statement.start <= use.start && use.end <= statement.end)) ?? first;
      for (const [value, weight] of values(file, name, uses)) {
        const text = `${keyword(file)} ${name}${value === '' ? '' : ` = ${value}`}${semicolonOf(file)}`;
        yield {
          summary: `declare ${name}${value === '' ? '' : ` as ${value}`.slice(0, 80)}`,
          edits: [insertBefore(file, first, text)],
          weight,
        };
        if (user !== first)
          yield { summary: `declare ${name} before its use`, edits: [insertBefore(file, user, text)], weight: weight * 0.95 };
      }
    }
  },
};

interface Undeclared {
  readonly name: string;
  readonly uses: readonly Node[];
  readonly block: Node;
}

const cache = new WeakMap<SourceFile, readonly Undeclared[]>();

/** The unknown names of a file with the innermost block that holds all uses; a name all over the module is some host's global. */
function undeclared(file: SourceFile): readonly Undeclared[] {
  const known = cache.get(file);
  if (known) return known;
  const found: Undeclared[] = [];
  for (const name of referredNames(file)) {
    if (isGlobal(name)) continue;
    const uses = referencesTo(file, name).filter((use) => !lookup(file, name, use) && !isTypeof(file, use));
    const [one] = uses;
    if (!one || uses.length > 60) continue;
    const block = file
      .ancestorsOf(one)
      .find(
        (ancestor) =>
          ancestor.type === 'BlockStatement' &&
          !isLoopOrBranch(file, ancestor) &&
          uses.every((use) => ancestor.start <= use.start && use.end <= ancestor.end),
      );
    if (block) found.push({ name, uses, block });
  }
  cache.set(file, found);
  return found;
}

const isTypeof = (file: SourceFile, use: Node): boolean => {
  const parent = file.parentOf(use);
  return parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
};

/** A name that is used in a loop only may still have to live longer than one round: the function's block is meant. */
const isLoopOrBranch = (file: SourceFile, block: Node): boolean => !isFunction(file.parentOf(block));

const keyword = (file: SourceFile): string => {
  const last = file.nodes.filter(({ type }) => type === 'VariableDeclaration').slice(0, 100);
  const vars = last.filter((node) => node.type === 'VariableDeclaration' && node.kind === 'var').length;
  return vars * 2 > last.length ? 'var' : 'let';
};

function* values(file: SourceFile, name: string, uses: readonly Node[]): Iterable<[string, number]> {
  const said = new Set<string>();
  for (const node of file.nodes) {
    if (
      node.type === 'VariableDeclarator' &&
      node.id.type === 'Identifier' &&
      node.id.name === name &&
      node.init &&
      node.init.end - node.init.start < 120
    )
      said.add(file.textOf(node.init));
    if (said.size >= 3) break;
  }
  for (const value of said) yield [value, 1];
  for (const [value, weight] of byUse(file, uses)) if (!said.has(value)) yield [value, weight];
}

function byUse(file: SourceFile, uses: readonly Node[]): [string, number][] {
  const parents = uses.map((use) => ({ use, parent: file.parentOf(use) }));
  const members = new Set(
    parents.flatMap(({ use, parent }) =>
      parent?.type === 'MemberExpression' && parent.object === use ? [memberName(parent) ?? '[]'] : [],
    ),
  );
  const has = (...names: string[]) => names.some((name) => members.has(name));
  if (has('push', 'sort', 'pop', 'shift', 'unshift', 'concat', 'splice')) return [['[]', 1]];
  if (has('[]'))
    return [
      ['{}', 0.9],
      ['[]', 0.8],
      ['Object.create(null)', 0.3],
    ];
  const added = parents.some(
    ({ parent }) => parent?.type === 'UpdateExpression' || (parent?.type === 'AssignmentExpression' && parent.operator === '+='),
  );
  if (added)
    return [
      ['0', 1],
      ["''", 0.7],
    ];
  const multiplied = parents.some(({ parent }) => parent?.type === 'AssignmentExpression' && parent.operator === '*=');
  if (multiplied) return [['1', 1]];
  const booleans = parents.flatMap(({ use, parent }) =>
    parent?.type === 'AssignmentExpression' &&
    isWritten(file, use) &&
    parent.right.type === 'Literal' &&
    typeof parent.right.value === 'boolean'
      ? [parent.right.value]
      : [],
  );
  if (booleans.length > 0)
    return [
      [String(!booleans[0]), 1],
      [String(booleans[0]), 0.4],
    ];
  return [
    ['', 0.8],
    ['0', 0.5],
    ['null', 0.3],
    ['[]', 0.3],
    ['{}', 0.3],
    ["''", 0.3],
  ];
}
