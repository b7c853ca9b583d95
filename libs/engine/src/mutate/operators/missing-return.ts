import { insert, replace } from '../../edits.js';
import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { localsAt } from '../scope.js';
import { brief, insertAfter, leaves, semicolonOf, statementsOf } from '../statements.js';

/**
 * A result that is computed and not returned: `return` before an expression statement (a callback call whose function
 * should end there, a recursive call, a promise), a `return` of the variable that is built up, a block arrow that should
 * return its expression. ESLint's `consistent-return` and `array-callback-return` name the same slips.
 */
export const missingReturn: MutationOperator = {
  name: 'missing-return',
  prior: 0.03,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    if (node.type === 'ExpressionStatement') {
      const { expression } = node;
      const called = expression.type === 'CallExpression' || expression.type === 'AwaitExpression' || expression.type === 'NewExpression';
      if (expression.type === 'Literal' || !file.enclosingFunction(node)) return;
      yield {
        summary: `return ${brief(file.textOf(expression))}`,
        edits: [insert(node.start, 'return ')],
        weight: (called ? 0.8 : expression.type === 'AssignmentExpression' ? 0.15 : 1) * (isLast(file, node) ? 1 : 0.4),
      };
      return;
    }
    if (node.type === 'ReturnStatement' && !node.argument) {
      for (const [name, weight] of returnable(file, node))
        yield { summary: `return ${name}`, edits: [replace(node, `return ${name}${semicolonOf(file)}`)], weight };
      return;
    }
    if (!isFunction(node) || node.body?.type !== 'BlockStatement') return;
    const last = statementsOf(node.body)?.at(-1);
    if (!last || leaves(last) || last.type === 'ExpressionStatement' || node.generator) return;
    const weightOfBody = returnsValue(file, node) ? 1 : 0.4;
    for (const [name, weight] of returnable(file, last, node))
      yield {
        summary: `return ${name} at the end`,
        edits: [insertAfter(file, last, `return ${name}${semicolonOf(file)}`)],
        weight: weight * weightOfBody,
      };
  },
};

const isLast = (file: SourceFile, node: Node): boolean => statementsOf(file.parentOf(node))?.at(-1) === node;

/** The function's own variables by how likely they are its result: declared first and changed later. */
function* returnable(file: SourceFile, at: Node, home: Node | undefined = file.enclosingFunction(at)): Iterable<[string, number]> {
  if (!home) return;
  const own = localsAt(file, at).filter(({ scope, kind }) => (scope === home || file.parentOf(scope) === home) && kind === 'variable');
  let weight = 1;
  for (const { name } of own.slice(0, 6)) {
    const likely = /^(res(ult)?s?|ret|ans(wer)?|out(put)?|acc|sum|total|count)$/i.test(name) ? 1 : 0.5;
    yield [name, weight * likely];
    weight *= 0.8;
  }
}

function returnsValue(file: SourceFile, home: Node): boolean {
  return file.within(home).some((node) => node.type === 'ReturnStatement' && node.argument && file.enclosingFunction(node) === home);
}
