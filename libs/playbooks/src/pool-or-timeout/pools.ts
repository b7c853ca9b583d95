import { calleeName, keyName, type Node, replace, type SourceFile } from '@selfheal/engine';
import { isConfigFile } from '../shared/config-names.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';

/** The default of node-postgres, knex, mysql2 and generic-pool's users: enough for most, small enough for a server. */
const USUAL = 10;
/** Up to this many a pool counts as small. */
const SMALL = 3;

const ALWAYS =
  /^(?:pool_?size|max_?pool_?size|connection_?limit|max_?connections|max_?sockets|concurrency|max_?concurrency|parallelism|max_?workers)$/i;
const IN_POOL = /^(?:max|size|limit|min)$/i;
const POOL = /pool|agent|limiter|semaphore|queue|dispatcher/i;

/** Numbers of 1 to 3 that limit how much may run at once: in the options of a pool, or in a constant of that name. */
export function tooSmallPools(scene: Scene): Slowness[] {
  const near = new Set(scene.suspects.map(({ file }) => file.path));
  return scene.project.files().flatMap((file) =>
    file.nodes.flatMap((node) => {
      const name = settingName(file, node);
      if (name === undefined || node.type !== 'Literal') return [];
      const weight = near.has(file.path) ? 1 : isConfigFile(file) ? 0.95 : 0.8;
      const summary = `raise ${name} from ${file.textOf(node)} to ${USUAL}`;
      return [slowness('pool-or-timeout', file, node, [replace(node, String(USUAL))], { template: 'pool', summary, score: 0.75 * weight })];
    }),
  );
}

function settingName(file: SourceFile, node: Node): string | undefined {
  if (node.type !== 'Literal' || typeof node.value !== 'number' || !Number.isInteger(node.value) || node.value < 1 || node.value > SMALL)
    return undefined;
  const parent = file.parentOf(node);
  if (parent?.type === 'VariableDeclarator') {
    const name = parent.id.type === 'Identifier' ? parent.id.name : '';
    return ALWAYS.test(name.replace(/_/g, '')) || ALWAYS.test(name) || (POOL.test(name) && /size|max|limit/i.test(name)) ? name : undefined;
  }
  if (parent?.type === 'Property' && parent.value === node) {
    const key = keyName(parent.key, parent.computed) ?? '';
    if (ALWAYS.test(key)) return key;
    return IN_POOL.test(key) && key !== 'min' && holders(file, parent).some((name) => POOL.test(name)) ? key : undefined;
  }
  const call = parent?.type === 'NewExpression' || parent?.type === 'CallExpression' ? parent : undefined;
  const called = call && call.arguments[0] === node ? (calleeName(call) ?? '') : '';
  return /^(?:p?-?limit|pLimit|Semaphore|createPool|Pool|ConnectionPool|Sema)$/.test(called) ? `${called}()` : undefined;
}

/** Names of what holds a property: the variable, the keys above, the class or function that is given the object. */
function holders(file: SourceFile, property: Node): string[] {
  return file.ancestorsOf(property).flatMap((node) => {
    if (node.type === 'Property') return [keyName(node.key, node.computed) ?? ''];
    if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? [node.id.name] : [];
    return node.type === 'NewExpression' || node.type === 'CallExpression' ? [calleeName(node) ?? ''] : [];
  });
}
