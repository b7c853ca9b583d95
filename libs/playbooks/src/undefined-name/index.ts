import type { Node, SourceFile } from '@selfheal/engine';
import { definePlaybook } from '../shared/playbook.js';
import { isReference } from '../shared/references.js';
import { locationOf, nodeAtFrame, type Scene, sourceEvidence } from '../shared/scene.js';
import { nameFixes } from './name-fixes.js';

/**
 * A name that is not there: `x is not defined`. It is imported from the module that exports it, put right to a near or otherwise
 * unused name, declared where it is first set or as a sibling function declares it, or reached where it lives.
 */
export const undefinedName = definePlaybook({
  name: 'undefined-name',
  family: 'runtime',
  title: 'A name is used that is not defined',
  investigate(scene) {
    const name = /^([A-Za-z_$][\w$]{0,127}) is not defined/.exec(scene.failure.error.message.slice(0, 500))?.[1];
    const use = name && useOf(scene, name);
    if (!name || !use) return null;
    const fixes = nameFixes(scene, use.file, use.node, name);
    if (fixes.length === 0) return null;
    return {
      summary: `${name} is not defined`,
      location: locationOf(use.file, use.node),
      evidence: [sourceEvidence(use.file, use.node, `${name} is used here`)],
      instruction: fixes[0]?.summary ?? `Define ${name}.`,
      data: { name },
      confidence: 0.93,
      risk: 0.2,
      proposals: () => fixes,
    };
  },
});

/** The use at the first frame, else the first in a suspect. */
function useOf(scene: Scene, name: string): { file: SourceFile; node: Node } | undefined {
  const isUse = (node: Node, file: SourceFile): boolean => node.type === 'Identifier' && node.name === name && isReference(file, node);
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
    const node = near.find(
      (n) => isUse(n, file) && file.positionAt(n.start).line <= frame.line && frame.line <= file.positionAt(n.end).line,
    );
    if (node) return { file, node };
  }
  const place = scene.places.find(({ file, node }) => isUse(node, file));
  return place && { file: place.file, node: place.node };
}
