import { isAbsolute, relative } from 'node:path';
import { parseStack } from '@selfheal/engine';

/**
 * Why a stack cannot be this target's, if it cannot: a frame climbs with `..`, or it has frames and all of them lie outside
 * the target. Frames of Node and of packages do not count. Frames outside beside frames inside are left to be ignored.
 */
export function stackProblem(stack: string | undefined, root: string): string | undefined {
  const frames = parseStack(stack ?? '');
  const climbs = frames.find(({ file }) => file.split(/[\\/]/).includes('..'));
  if (climbs) return `error.stack has a path with "..": ${show(climbs.file)}`;
  const inside = frames.filter(({ file }) => !isAbsolute(file) || !/^\.\.(?:[\\/]|$)/.test(relative(root, file)));
  return frames[0] && inside.length === 0 ? `error.stack has no frame inside the target, the first is ${show(frames[0].file)}` : undefined;
}

const show = (path: string): string => JSON.stringify(path.slice(0, 200));
