import { insert, isFunction, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import type { Proposal } from './playbook.js';
import { nodeAtFrame, type Scene } from './scene.js';

/**
 * `this` is not what it was: the function around is a callback (it becomes an arrow, or is bound), or the method was passed on without
 * its object (the caller binds it).
 */
export function boundThis(scene: Scene, file: SourceFile, use: Node, playbook: string): Proposal[] {
  const make = (path: string, edits: Proposal['edits'][string], summary: string, score: number): Proposal => ({
    edits: { [path]: edits },
    template: `${playbook}/bind-this`,
    summary,
    score,
  });
  const fn = file
    .ancestorsOf(use)
    .find((node): node is NodeOf<'FunctionExpression'> => isFunction(node) && node.type !== 'ArrowFunctionExpression');
  const parent = fn && file.parentOf(fn);
  const found: Proposal[] = [];
  if (
    fn?.type === 'FunctionExpression' &&
    fn.body &&
    parent &&
    parent.type !== 'MethodDefinition' &&
    !(parent.type === 'Property' && parent.method)
  ) {
    const last = fn.params.at(-1);
    const open = file.text.indexOf('(', fn.id?.end ?? fn.start);
    const close = last ? file.text.indexOf(')', last.end) : file.text.indexOf(')', open);
    if (!fn.generator && !file.within(fn).some((node) => node.type === 'Identifier' && node.name === 'arguments'))
      found.push(
        make(
          file.path,
          [replace({ start: fn.start, end: open }, fn.async ? 'async ' : ''), insert(close + 1, ' =>')],
          'an arrow function keeps this',
          0.86,
        ),
      );
    found.push(make(file.path, [insert(fn.end, '.bind(this)')], 'bind this', 0.8));
  }
  for (const frame of scene.frames.slice(1, 3)) {
    const caller = scene.project.file(frame.file);
    const at = caller && nodeAtFrame(caller, frame);
    const call =
      at && caller && [at, ...caller.ancestorsOf(at)].find((node): node is NodeOf<'CallExpression'> => node.type === 'CallExpression');
    for (const argument of call?.arguments ?? [])
      if (caller && argument.type === 'MemberExpression')
        found.push(
          make(
            caller.path,
            [insert(argument.end, `.bind(${caller.textOf(argument.object)})`)],
            `bind ${caller.textOf(argument).slice(0, 60)}`,
            0.82,
          ),
        );
  }
  return found;
}
