import { calleeName, insert, keyName, lookup, type NodeOf, propertiesOf, replace } from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';
import { allowedMs, type Slowness, slowness } from '../shared/slow.js';

/** What is left of a request's time for one call of it, so that there is time to answer without. Milliseconds. */
function budget(scene: Scene): number {
  const allowed = allowedMs(scene.failure) ?? 2000;
  return Math.max(20, Math.round(allowed / 2 / 10) * 10);
}

/** `fetch(url)` waits without end (https://fetch.spec.whatwg.org has no limit of its own): it gets AbortSignal.timeout. */
export function missingTimeouts(scene: Scene): Slowness[] {
  const ms = budget(scene);
  return scene.places.flatMap(({ file, node, weight }) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'fetch') return [];
    if (lookup(file, 'fetch', node)) return [];
    const [url, options] = node.arguments;
    if (!url || url.type === 'SpreadElement' || node.arguments.length > 2) return [];
    const signal = `signal: AbortSignal.timeout(${ms})`;
    const edit = options ? withSignal(options, signal) : insert(url.end, `, { ${signal} }`);
    if (!edit) return [];
    // Without a catch around it the answer would only fail sooner.
    const caught =
      file.ancestorsOf(node).some((a) => a.type === 'TryStatement' && a.handler && a.block.end >= node.end) || /\.catch\(/.test(file.text);
    const summary = `give up the request to the other server after ${ms} ms`;
    return [slowness('pool-or-timeout', file, node, [edit], { template: 'fetch-timeout', summary, score: (caught ? 0.8 : 0.4) * weight })];
  });
}

function withSignal(options: NodeOf<'CallExpression'>['arguments'][number], signal: string) {
  if (options.type !== 'ObjectExpression' || propertiesOf(options).has('signal')) return undefined;
  if (options.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const last = options.properties.at(-1);
  return last ? insert(last.end, `, ${signal}`) : insert(options.start + 1, ` ${signal} `);
}

const LIMIT = /timeout(?:_?ms|_?millis)?$/i;

/** A limit that is longer than the whole request may take: `AbortSignal.timeout(30_000)`, `{ timeout: 30000 }`. */
export function tooLongTimeouts(scene: Scene): Slowness[] {
  const allowed = allowedMs(scene.failure);
  if (allowed === undefined) return [];
  const ms = budget(scene);
  return scene.places.flatMap(({ file, node, weight }) => {
    if (node.type !== 'Literal' || typeof node.value !== 'number' || node.value < allowed) return [];
    const parent = file.parentOf(node);
    const key = parent?.type === 'Property' && parent.value === node ? (keyName(parent.key, parent.computed) ?? '') : '';
    const signal =
      parent?.type === 'CallExpression' && calleeName(parent) === 'timeout' && file.textOf(parent.callee) === 'AbortSignal.timeout';
    if (!signal && !LIMIT.test(key)) return [];
    const summary = `wait ${ms} ms instead of ${file.textOf(node)}`;
    return [
      slowness('pool-or-timeout', file, node, [replace(node, String(ms))], { template: 'shorter-timeout', summary, score: 0.7 * weight }),
    ];
  });
}
