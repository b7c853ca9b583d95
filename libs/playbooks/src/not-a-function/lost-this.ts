import { insert, isClass, replace } from '@selfheal/engine';
import { boundThis } from '../shared/bound-this.js';
import type { Proposal } from '../shared/playbook.js';
import type { FailedCall } from './failed-call.js';

/** `this.x is not a function` in a function that lost its object. */
export function lostThis({ file, call, scene }: FailedCall): Proposal[] {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return [];
  const { object } = callee;
  const found = object.type === 'ThisExpression' ? boundThis(scene, file, call, 'not-a-function') : [];
  // A method of the class that is called on an instance but is static, or the other way round.
  if (object.type === 'ThisExpression') {
    const owner = file.ancestorsOf(call).find(isClass);
    if (owner?.id)
      found.push({
        edits: { [file.path]: [replace(object, owner.id.name)] },
        template: 'not-a-function/static',
        summary: `the method is static: call it on ${owner.id.name}`,
        score: 0.5,
      });
    if (owner)
      found.push({
        edits: { [file.path]: [insert(object.end, '.constructor')] },
        template: 'not-a-function/static',
        summary: 'the method is static',
        score: 0.35,
      });
  }
  return found;
}
