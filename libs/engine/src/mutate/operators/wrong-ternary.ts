import { replace } from '../../edits.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { isCondition, isValue } from '../facts/places.js';
import { fitted, operand, P, precedenceOf } from '../facts/precedence.js';
import { scopesOf } from '../facts/scopes.js';
import type { MutationOperator } from '../mutation.js';

/**
 * A conditional expression too many, one with `||` for its test and value, and one that is not there. 2 % of one-edit fixes
 * (SWE-smith's remove_ternary; Sobreira et al., SANER 2018: "conditional expression modification" 11 % of Defects4J, most of it in the
 * test). Swapped branches are swap-branches'.
 */
export const wrongTernary: MutationOperator = {
  name: 'wrong-ternary',
  prior: 0.03,
  *propose(node, { file }) {
    if (node.type === 'ConditionalExpression') {
      const { consequent, alternate, test } = node;
      for (const [keep, drop] of [
        [consequent, alternate],
        [alternate, consequent],
      ] as const) {
        yield {
          summary: `always ${brief(file, keep)}, never ${brief(file, drop, 30)}`,
          edits: [replace(node, fitted(file, node, file.textOf(keep), precedenceOf(keep)))],
          weight: 0.35,
        };
      }
      const value = [consequent, alternate].find((side) => file.textOf(test).startsWith(file.textOf(side)));
      const other = value === consequent ? alternate : consequent;
      if (value && test !== value)
        yield {
          summary: `${brief(file, value)} || ${brief(file, other)}`,
          edits: [replace(node, fitted(file, node, `${operand(file, value, 4)} || ${operand(file, other, 5)}`, 4))],
          weight: 0.2,
        };
      return;
    }
    const parent = file.parentOf(node);
    const whole = parent?.type === 'ReturnStatement' || parent?.type === 'CallExpression' || parent?.type === 'AssignmentExpression';
    if (node.type !== 'Identifier' || !whole || !isValue(file, node) || isCondition(file, node)) return;
    const variables = scopesOf(file)
      .visibleAt(node)
      .slice(0, 30)
      .filter(({ name, binding }) => name !== node.name && binding.kind === 'param');
    for (const { name } of variables.slice(0, 2)) {
      const kind = kindOf(file, node);
      const empty = kind === 'number' ? '0' : kind === 'string' ? "''" : kind === 'array' ? '[]' : 'undefined';
      yield {
        summary: `${node.name} only if ${name}`,
        edits: [replace(node, fitted(file, node, `${name} ? ${node.name} : ${empty}`, P.assignment))],
        weight: 0.04,
      };
    }
  },
};
