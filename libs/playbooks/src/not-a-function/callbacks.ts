import { insert, isFunction, lookup, type NodeOf, replace } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import type { FailedCall } from './failed-call.js';
import { fixOf } from './fix.js';

/** A callback that was not passed: a default, a guard, or the parameter before it, which was left out by the caller. */
export function callbacks({ file, call }: FailedCall): Proposal[] {
  const { callee } = call;
  if (call.type !== 'CallExpression') return [];
  const text = file.textOf(callee);
  const found: Proposal[] = [];
  const statement = statementOf(file, call);
  const alone = statement?.type === 'ExpressionStatement' && statement.expression === call;
  const at = callee.end;
  if (!call.optional && !text.includes('?.')) {
    const guard = alone ? `if (typeof ${text} === 'function') ` : `typeof ${text} === 'function' && `;
    const short = file.textOf(callee).length <= 60 && callee.type !== 'CallExpression';
    if (short) found.push(fixOf(file, [insert(call.start, guard)], 'guard', `call ${text} only if it is a function`, 0.6));
    found.push(fixOf(file, [insert(at, '?.')], 'optional-call', `call ${text} only if it is there`, 0.52));
  }
  if (callee.type !== 'Identifier') return found;
  const binding = lookup(file, callee.name, callee);
  if (binding?.kind !== 'param' || !isFunction(binding.scope)) return found;
  const { params, body } = binding.scope;
  const index = params.findIndex(({ start }) => start === binding.declaration.start);
  const param = params[index];
  if (param?.type === 'Identifier')
    found.push(fixOf(file, [insert(param.end, ' = () => {}')], 'default', `${callee.name} does nothing by default`, 0.5));
  const before = params[index - 1];
  const first = body?.type === 'BlockStatement' ? body.body[0] : undefined;
  if (before?.type === 'Identifier' && first && index === params.length - 1) {
    const shift = `if (typeof ${before.name} === 'function') {\n${indentOf(file, first)}  ${callee.name} = ${before.name};\n${indentOf(file, first)}  ${before.name} = undefined;\n${indentOf(file, first)}}\n${indentOf(file, first)}`;
    found.push(fixOf(file, [insert(first.start, shift)], 'shift-arguments', `${before.name} may be left out`, 0.54));
  }
  return [
    ...found,
    ...swapped(
      file,
      params.map((p) => (p.type === 'Identifier' ? p : undefined)),
      index,
    ),
  ];
}

/** The parameters are in another order than the callers' arguments. */
function swapped(file: FailedCall['file'], params: readonly (NodeOf<'Identifier'> | undefined)[], index: number): Proposal[] {
  const own = params[index];
  return params.flatMap((other, i) =>
    own && other && i !== index
      ? [
          fixOf(
            file,
            [replace(own, file.textOf(other)), replace(other, file.textOf(own))],
            'swap-parameters',
            `swap ${own.name} and ${other.name}`,
            0.45,
          ),
        ]
      : [],
  );
}
