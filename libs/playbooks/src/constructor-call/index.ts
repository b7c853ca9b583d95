import { insert, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { atFrames } from '../shared/references.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';

type Call = NodeOf<'CallExpression'> | NodeOf<'NewExpression'>;

/** A class called without `new`, or `new` before what is no constructor. */
export const constructorCall = definePlaybook({
  name: 'constructor-call',
  family: 'runtime',
  title: 'A class is called without new, or a function with it',
  investigate(scene) {
    const line = scene.failure.error.message.slice(0, 500);
    const without =
      /^Class constructor ([\w$]{1,128}) cannot be invoked without 'new'/.exec(line)?.[1] ??
      /^(?:Constructor )?([\w$]{1,128})(?: constructor)? (?:requires 'new'|cannot be invoked without 'new')/.exec(line)?.[1];
    const with_ = /^([\w$.]{1,200}) is not a constructor/.exec(line)?.[1];
    const superFirst = /^Must call super constructor in derived class before/.test(line);
    const is = (node: Node, file: SourceFile): node is Call | NodeOf<'MethodDefinition'> =>
      (without !== undefined && node.type === 'CallExpression' && lastName(file.textOf(node.callee)) === without) ||
      (without !== undefined && node.type === 'CallExpression' && node.callee.type === 'Identifier') ||
      (with_ !== undefined && node.type === 'NewExpression' && lastName(file.textOf(node.callee)) === lastName(with_)) ||
      (superFirst && node.type === 'MethodDefinition' && node.kind === 'constructor');
    if (!without && !with_ && !superFirst) return null;
    const [found] = atFrames(scene, is, 3).sort((a, b) => Number(named(b, without ?? with_)) - Number(named(a, without ?? with_)));
    if (!found) return null;
    const { file, node } = found;
    const text = file.textOf(node).slice(0, 80);
    return {
      summary: without
        ? `${without} is a class and is called without new`
        : superFirst
          ? 'the constructor uses this before super()'
          : `${with_} is no constructor`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, text)],
      instruction: without ? 'Call it with new.' : superFirst ? 'Call super() first.' : 'Call it without new.',
      confidence: without || superFirst ? 0.95 : 0.5,
      risk: 0.1,
      proposals: () => fixes(file, node),
    };
  },
});

const lastName = (text: string): string => text.split('.').at(-1) ?? text;
const named = ({ file, node }: { file: SourceFile; node: Node }, name: string | undefined): boolean =>
  'callee' in node && lastName(file.textOf(node.callee)) === lastName(name ?? '');

function fixes(file: SourceFile, node: Call | NodeOf<'MethodDefinition'>): Proposal[] {
  const make = (edit: { start: number; end: number; text: string }, template: string, summary: string): Proposal => ({
    edits: { [file.path]: [edit] },
    template: `constructor-call/${template}`,
    summary,
    score: 0.95,
  });
  if (node.type === 'CallExpression') return [make(insert(node.start, 'new '), 'add-new', 'call it with new')];
  if (node.type === 'NewExpression')
    return [make(replace({ start: node.start, end: node.callee.start }, ''), 'remove-new', 'call it without new')];
  const { body } = node.value;
  return body ? [make(insert(body.start + 1, '\n    super();'), 'super', 'call super() first')] : [];
}
