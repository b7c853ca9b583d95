import { dottedName, type Node, type SourceFile } from '@selfheal/engine';
import { definePlaybook } from '../shared/playbook.js';
import { locationOf, nodeAtFrame, type Scene, sourceEvidence } from '../shared/scene.js';
import { type Access, objectOf } from './access.js';
import { guards } from './guards.js';

/**
 * `Cannot read properties of undefined (reading 'x')`: a value that may be missing is read without asking. The access is
 * guarded: by `?.`, by a default that fits where the value goes, or by an early return like those around it.
 */
export const nullAccess = definePlaybook({
  name: 'null-access',
  family: 'runtime',
  title: 'A property of null or undefined is read',
  investigate(scene) {
    const read = readIn(scene.failure.error.message);
    if (!read) return null;
    const access = accessOf(scene, read.property);
    if (!access) return null;
    const { file, node } = access;
    const object = file.textOf(objectOf(node)).slice(0, 200);
    const what = read.property === undefined ? 'used' : `read for ${read.property}`;
    return {
      summary: `${object} is ${read.value} where it is ${what}`,
      location: locationOf(file, node),
      evidence: [sourceEvidence(file, node, `${object} may be ${read.value} here`)],
      instruction: `Guard the access: handle the case that ${object} is ${read.value}.`,
      data: { object, value: read.value },
      confidence: access.exact ? 0.8 : 0.6,
      risk: 0.3,
      proposals: () => guards(scene, file, node),
    };
  },
});

/** V8's wordings (messages of `kNonObjectPropertyLoad*`, `kNotIterable` and their kin). */
function readIn(message: string): { value: string; property: string | undefined } | undefined {
  const line = message.slice(0, 1000);
  const load = /^Cannot (?:read|set) propert(?:y|ies) of (undefined|null)(?: \((?:reading|setting) '([^']{1,128})'\))?/.exec(line);
  if (load?.[1]) return { value: load[1], property: load[2] };
  const old = /^Cannot read property '([^']{1,128})' of (undefined|null)/.exec(line);
  if (old?.[2]) return { value: old[2], property: old[1] };
  const destructure = /^Cannot destructure property '([^']{1,128})' of .{1,300} as it is (undefined|null)/.exec(line);
  if (destructure?.[2]) return { value: destructure[2], property: destructure[1] };
  const iterable = /(undefined|null)? ?is not iterable/.exec(line);
  return iterable ? { value: iterable[1] ?? 'undefined', property: undefined } : undefined;
}

/** The access at the first frame that has one; failing that, the nearest access of that name in a suspect. */
function accessOf(scene: Scene, property: string | undefined): { file: SourceFile; node: Access; exact: boolean } | undefined {
  for (const frame of scene.frames.slice(0, 2)) {
    const file = scene.project.file(frame.file);
    const at = file && nodeAtFrame(file, frame);
    if (!file || !at) continue;
    const around = [at, ...file.ancestorsOf(at)].filter((node) => isAccess(file, node, property));
    const onLine = file.nodes.filter((node) => file.positionAt(endOf(node)).line === frame.line && isAccess(file, node, property));
    const near = onLine.sort((a, b) => Math.abs(endOf(a) - at.start) - Math.abs(endOf(b) - at.start));
    const [node] = [...near, ...around];
    if (node && isAccess(file, node, property)) return { file, node, exact: true };
  }
  const far =
    scene.frames.length > 0 ? undefined : scene.places.find(({ file, node }) => property !== undefined && isAccess(file, node, property));
  return far && isAccess(far.file, far.node, property) ? { file: far.file, node: far.node, exact: false } : undefined;
}

const endOf = (node: Node): number => (node.type === 'MemberExpression' ? node.property.start : node.start);

function isAccess(file: SourceFile, node: Node, property: string | undefined): node is Access {
  switch (node.type) {
    case 'MemberExpression':
      if (property === undefined || node.optional) return false;
      // A key that is computed may be any.
      if (node.computed && node.property.type !== 'Literal') return true;
      return file.textOf(node.property).replace(/^['"]|['"]$/g, '') === property;
    case 'VariableDeclarator':
      return node.id.type !== 'Identifier' && node.init !== null;
    case 'SpreadElement':
      return property === undefined && dottedName(node.argument) !== undefined;
    case 'ForOfStatement':
      return property === undefined;
    default:
      return false;
  }
}
