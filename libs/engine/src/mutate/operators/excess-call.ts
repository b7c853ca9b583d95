import { replace } from '../../edits.js';
import { calleeName, isFunction, memberName, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { compatible, kindOf } from '../facts/kinds.js';
import { isValue } from '../facts/places.js';
import { fitted, precedenceOf } from '../facts/precedence.js';
import type { Change, MutationOperator } from '../mutation.js';

/**
 * A call too many: `f(x)` is `x`, `a.b()` is `a`, one link of a chain is left out. 3 % of one-edit fixes (Stryker's MethodExpression
 * and PIT's EXPERIMENTAL_NAKED_RECEIVER and ARGUMENT_PROPAGATION; HumanEvalPack JavaScript/137 has a second `.replace`).
 */
export const excessCall: MutationOperator = {
  name: 'excess-call',
  prior: 0.08,
  *propose(node, { file }) {
    if (node.type !== 'CallExpression' || !usable(file, node)) return;
    const kind = kindOf(file, node);
    const fits = (other: Node) => 0.3 + 0.7 * compatible(kind, kindOf(file, other));
    yield* receiver(file, node, fits);
    for (const [i, arg] of node.arguments.slice(0, 2).entries()) {
      if (arg.type === 'SpreadElement' || isFunction(arg) || (arg.type === 'Literal' && i > 0)) continue;
      const wrapper =
        /^(?:Number|String|Boolean|parseInt|parseFloat|abs|floor|ceil|round|trunc|sqrt|keys|from|isNaN|parse|stringify)$/.test(
          calleeName(node) ?? '',
        );
      const weight = (node.arguments.length === 1 ? (wrapper ? 0.7 : 0.35) : 0.12) * fits(arg);
      yield {
        summary: `${brief(file, arg)} without ${brief(file, node.callee, 30)}`,
        edits: [replace(node, fitted(file, node, file.textOf(arg), precedenceOf(arg)))],
        weight,
      };
    }
  },
};

/** The call is read for its value, or is a link of a chain. */
const usable = (file: SourceFile, node: Node): boolean => {
  const parent = file.parentOf(node);
  if (parent?.type === 'ChainExpression' || parent?.type === 'ExpressionStatement') return false;
  return isValue(file, node) || (parent?.type === 'MemberExpression' && parent.object === node && !parent.optional);
};

function* receiver(file: SourceFile, node: Extract<Node, { type: 'CallExpression' }>, fits: (other: Node) => number): Iterable<Change> {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.object.type === 'Super' || callee.optional) return;
  const { object } = callee;
  if (object.type === 'ThisExpression' || (object.type === 'Identifier' && /^[A-Z]/.test(object.name))) return;
  const chained = object.type === 'CallExpression' || file.parentOf(node)?.type === 'MemberExpression';
  yield {
    summary: `leave out .${memberName(callee) ?? '[…]'}() in ${brief(file, node)}`,
    edits: [replace(node, fitted(file, node, file.textOf(object), precedenceOf(object)))],
    weight: (chained ? 0.8 : 0.45) * fits(object),
  };
}
