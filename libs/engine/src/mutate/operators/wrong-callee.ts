import { replace } from '../../edits.js';
import { similarity } from '../../names.js';
import { isFunction } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { kindOfVariable } from '../facts/kinds.js';
import { scopesOf, type Variable } from '../facts/scopes.js';
import type { MutationOperator } from '../mutation.js';

/**
 * Another function of the scope is called. 4 % of one-edit fixes (ManySStuBs4J "wrong function name", for functions of the file).
 * Ranked by the number of parameters and likeness of name.
 */
export const wrongCallee: MutationOperator = {
  name: 'wrong-callee',
  prior: 0.06,
  *propose(node, { file }) {
    if ((node.type !== 'CallExpression' && node.type !== 'NewExpression') || node.callee.type !== 'Identifier') return;
    const { callee } = node;
    const scopes = scopesOf(file);
    const own = scopes.variableOf(callee);
    if (callee.name === 'require' || (!own && node.type === 'NewExpression')) return;
    const arity = node.arguments.length;
    const scored = scopes
      .visibleAt(node)
      .slice(0, 120)
      .filter((variable) => variable.name !== callee.name && kindOfVariable(file, variable) === 'function')
      .map((variable) => ({ variable, score: likeness(file, variable, callee.name, arity) * (own ? 1 : 1.5) }));
    for (const { variable, score } of scored.sort((a, b) => b.score - a.score).slice(0, 6)) {
      yield {
        summary: `call ${variable.name} instead of ${callee.name}`,
        edits: [replace(callee, variable.name)],
        weight: Math.min(1, score),
      };
    }
  },
};

function likeness(file: SourceFile, variable: Variable, name: string, arity: number): number {
  const { declaration, scope } = variable.binding;
  const fn = declaration.type === 'VariableDeclarator' ? (declaration.init ?? undefined) : declaration;
  const params = isFunction(fn) ? fn.params.length : arity;
  const near = scope === file.program ? 0.7 : 1;
  return near * (params === arity ? 1 : 0.4) * (0.25 + 0.6 * similarity(name, variable.name));
}
