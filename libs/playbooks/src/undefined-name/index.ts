import { knownKeys, memberName, type Node, nearestNames, replace, type SourceFile, shapeOf } from '@selfheal/engine';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, nodeAtFrame, type Scene, sourceEvidence } from '../shared/scene.js';
import { nameFixes } from './name-fixes.js';

/**
 * A name that is not there: `x is not defined`, `x is not a function`. It is imported from the module that exports it, put right
 * to a near name that is used alike, or declared as a sibling function declares it.
 */
export const undefinedName = definePlaybook({
  name: 'undefined-name',
  family: 'runtime',
  title: 'A name is used that is not defined',
  investigate(scene) {
    const said = nameIn(scene.failure.error.message);
    const use = said && useOf(scene, said.name);
    if (!said || !use) return null;
    const fixes = said.kind === 'undefined' ? nameFixes(scene, use.file, use.node, said.name) : methodFixes(scene, use.file, use.node);
    if (fixes.length === 0) return null;
    return {
      summary: `${said.name} is not ${said.kind === 'undefined' ? 'defined' : 'a function'}`,
      location: locationOf(use.file, use.node),
      evidence: [sourceEvidence(use.file, use.node, `${said.name} is used here`)],
      instruction: fixes[0]?.summary ?? `Define ${said.name}.`,
      data: { name: said.name },
      confidence: said.kind === 'undefined' ? 0.93 : 0.75,
      risk: 0.2,
      proposals: () => fixes,
    };
  },
});

function nameIn(message: string): { name: string; kind: 'undefined' | 'not-a-function' } | undefined {
  const line = message.slice(0, 500);
  const undefinedName =
    /^([A-Za-z_$][\w$]{0,127}) is not defined/.exec(line)?.[1] ??
    /^Cannot access '([A-Za-z_$][\w$]{0,127})' before initialization/.exec(line)?.[1];
  if (undefinedName) return { name: undefinedName, kind: 'undefined' };
  const called = /^(?:\(intermediate value\)\.)?([A-Za-z_$][\w$.]{0,200}) is not (?:a function|a constructor)/.exec(line)?.[1];
  return called ? { name: called, kind: 'not-a-function' } : undefined;
}

/** The use at the first frame, else the first in a suspect. */
function useOf(scene: Scene, dotted: string): { file: SourceFile; node: Node } | undefined {
  const name = dotted.split('.').at(-1) ?? dotted;
  const isUse = (node: Node): boolean =>
    (node.type === 'Identifier' && node.name === name) || (node.type === 'MemberExpression' && memberName(node) === name);
  for (const frame of scene.frames.slice(0, 3)) {
    const file = scene.project.file(frame.file);
    const at = file && nodeAtFrame(file, frame);
    if (!file || !at) continue;
    const near = [
      ...file.within(at),
      at,
      ...file
        .ancestorsOf(at)
        .slice(0, 3)
        .flatMap((a) => [a, ...file.within(a).slice(0, 40)]),
    ];
    const node = near.find((n) => isUse(n) && file.positionAt(n.start).line <= frame.line && frame.line <= file.positionAt(n.end).line);
    if (node) return { file, node };
  }
  const place = scene.places.find(({ node }) => isUse(node));
  return place && { file: place.file, node: place.node };
}

/** A method that the object does not have: the nearest that it has. */
function methodFixes(scene: Scene, file: SourceFile, node: Node): Proposal[] {
  const member = node.type === 'MemberExpression' ? node : file.parentOf(node);
  if (member?.type !== 'MemberExpression') return node.type === 'Identifier' ? nameFixes(scene, file, node, node.name) : [];
  const name = memberName(member) ?? '';
  const shape = shapeOf(scene.project, file, member.object);
  const builtIn =
    shape?.kind === 'array' ? Array.prototype : shape?.kind === 'primitive' && shape.name === 'string' ? String.prototype : undefined;
  const known = knownKeys(shape) ?? (builtIn ? Object.getOwnPropertyNames(builtIn) : [...METHODS]);
  return nearestNames(name, known, known.length === METHODS.size ? 0.7 : 0.4)
    .slice(0, 5)
    .map(({ name: other, score }) => ({
      edits: { [file.path]: [replace(member.property, other)] },
      template: 'undefined-name/method',
      summary: `call ${other} instead of ${name}`,
      score: 0.5 + 0.45 * score,
    }));
}

const METHODS = new Set([Array, String, Map, Set, Promise, Date, Number].flatMap((type) => Object.getOwnPropertyNames(type.prototype)));
