import type { Node, SourceFile } from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { atFrames } from '../shared/references.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';
import { callbacks } from './callbacks.js';
import { conversions } from './conversions.js';
import { exportsOfModule } from './exports.js';
import type { Call, FailedCall } from './failed-call.js';
import { lostThis } from './lost-this.js';
import { methods } from './methods.js';

/**
 * `x.y is not a function`: a misspelt method, a property that is no method, a value of another type than the method's, a callback that
 * was not passed, an export that is missing or of another kind, a `this` that was lost.
 */
export const notAFunction = definePlaybook({
  name: 'not-a-function',
  family: 'runtime',
  title: 'What is called is no function',
  investigate(scene) {
    const callee = calleeIn(scene.failure.error.message);
    if (!callee) return null;
    const found = callsOf(scene, callee);
    const proposals = dedupe(found.flatMap((failed, i) => fixes(failed).map((fix) => ({ ...fix, score: fix.score * 0.9 ** i }))));
    const [first] = found;
    if (!first || proposals.length === 0) return null;
    return {
      summary: `${callee} is not a function`,
      location: locationOf(first.file, first.call),
      evidence: [sourceEvidence(first.file, first.call, `${callee} is called here`)],
      instruction: proposals[0]?.summary ?? `Call something else than ${callee}.`,
      data: { name: callee },
      confidence: 0.78,
      risk: 0.25,
      proposals: () => proposals,
    };
  },
});

const calleeIn = (message: string): string | undefined =>
  /^(?:TypeError: )?(?:Object\(\.\.\.\)|((?:\(intermediate value\)|[A-Za-z_$])[\w$.()[\] ]{0,300})) is not (?:a function|a constructor)/.exec(
    message.slice(0, 600),
  )?.[1];

/** The call at the frames; without any, the first of that name in a suspect. */
function callsOf(scene: Scene, callee: string): FailedCall[] {
  const last = /([\w$]+)(?:\(\.\.\.\))?$/.exec(callee)?.[1] ?? callee;
  const is = (node: Node, file: SourceFile): node is Call => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
    const text = file.textOf(node.callee);
    if (text.replace(/\s+/g, '') === callee.replace(/\s+/g, '')) return true;
    if (node.callee.type === 'MemberExpression') return file.textOf(node.callee.property).replace(/^['"]|['"]$/g, '') === last;
    return node.callee.type === 'Identifier' && node.callee.name === last;
  };
  const found: FailedCall[] = [];
  for (const { file, node } of atFrames(scene, is, 4))
    if (!found.some(({ call }) => call === node)) found.push({ scene, file, call: node });
  if (found.length > 0) return found.slice(0, 2);
  return scene.places.flatMap(({ file, node }) => (is(node, file) ? [{ scene, file, call: node }] : [])).slice(0, 2);
}

const fixes = (failed: FailedCall): Proposal[] => [
  ...methods(failed),
  ...exportsOfModule(failed),
  ...callbacks(failed),
  ...conversions(failed),
  ...lostThis(failed),
];

function dedupe(proposals: readonly Proposal[]): Proposal[] {
  const seen = new Set<string>();
  return [...proposals]
    .sort((a, b) => b.score - a.score)
    .filter(({ edits }) => !seen.has(JSON.stringify(edits)) && seen.add(JSON.stringify(edits)))
    .slice(0, 24);
}
