import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** A frame's place in V8's stack text: an absolute path or file URL, line, column. */
const PLACE = /((?:file:\/\/)?\/[^\s()'"]+?):(\d+):(\d+)/g;
const COMMENT = /\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const INLINE = /^data:application\/json[^,]*?(;base64)?,(.*)$/s;
/** A larger file is a bundle, and so is its map. Bytes. */
const MAX_BYTES = 8 * 2 ** 20;

/**
 * A stack with the frames of compiled files (TypeScript, Babel, a bundler) put where their source maps say (ECMA-426), as
 * Node does with --enable-source-maps, which is not used: it would change what the program itself sees. Frames without a
 * map, or with one that leads out of the root, stay as they are.
 * @param root absolute; only files below it are read
 */
export function mapStack(stack: string, root: string): string {
  const maps = new Map<string, TraceMap | undefined>();
  return stack.replace(PLACE, (place, file: string, line: string, column: string) => {
    const path = file.startsWith('file:') ? pathOf(file) : file;
    if (path === undefined || !path.startsWith(root + sep) || path.includes(`${sep}node_modules${sep}`)) return place;
    if (!maps.has(path)) maps.set(path, mapOf(path, root));
    const map = maps.get(path);
    if (!map) return place;
    const found = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    if (found.source === null) return place;
    const source = resolve(dirname(path), found.source.startsWith('file:') ? (pathOf(found.source) ?? '') : found.source);
    return source.startsWith(root + sep) ? `${source}:${found.line}:${found.column + 1}` : place;
  });
}

/** The map that a compiled file names in its last lines: inline, or in a file below the root. */
function mapOf(path: string, root: string): TraceMap | undefined {
  const url = COMMENT.exec(read(path)?.trimEnd().split('\n').at(-1) ?? '')?.[1];
  if (url === undefined) return undefined;
  const inline = INLINE.exec(url);
  const file = resolve(dirname(path), inline ? '' : decodeURIComponent(url));
  const text = inline
    ? Buffer.from(inline[2] ?? '', inline[1] ? 'base64' : 'utf8').toString('utf8')
    : file.startsWith(root + sep)
      ? read(file)
      : undefined;
  if (text === undefined) return undefined;
  try {
    return new TraceMap(text);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return statSync(path).size <= MAX_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
