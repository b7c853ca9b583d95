import { parseStack } from './stack.js';

/**
 * A message without what differs between two occurrences of one failure: quoted values, UUIDs, hex ids, numbers.
 * Linear in its input; at most 1,000 characters of it count.
 * Property names that V8 quotes (`reading 'city'`, `property 'x' of`) are kept: they tell two bugs apart.
 */
export function normaliseMessage(message: string): string {
  return message
    .slice(0, 1000)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>')
    .replace(/(reading|setting|property) '([^'\n]{1,64})'/g, '$1 `$2`')
    .replace(/"[^"\n]{0,200}"|'[^'\n]{0,200}'/g, '<value>')
    .replace(/\b(?=[a-z_-]{0,40}\d)[a-z0-9]{0,16}[_-][a-z0-9_-]{1,64}\b/gi, '<id>')
    .replace(/\b(?:0x)?(?=[a-f]{0,40}\d)[0-9a-f]{8,64}\b/gi, '<hex>')
    .replace(/\d+(?:\.\d+)?/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The in-app frames as they enter a fingerprint: `path#function`, innermost first, at most `limit`, without line numbers so
 * that an unrelated edit above does not split an incident. With `root`, frames outside it do not count.
 */
export function fingerprintFrames(stack: string, root?: string, limit = 5): string[] {
  const base = root === undefined ? undefined : root.endsWith('/') ? root : `${root}/`;
  return parseStack(stack)
    .filter(({ file }) => !file.split('/').includes('..') && (base === undefined || !file.startsWith('/') || file.startsWith(base)))
    .slice(0, limit)
    .map(
      (frame) => `${base ? frame.file.replace(base, '') : frame.file.split('/').slice(-3).join('/')}#${frame.function ?? '<anonymous>'}`,
    );
}
