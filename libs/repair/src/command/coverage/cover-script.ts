import { compiledLength, executedStretches, type FunctionCoverage, type Stretch } from './paint.js';
import { type CachedSourceMap, mapStretches } from './source-map.js';

/** One script as V8 covered it. */
export interface ScriptCoverage {
  /** Relative to the root. */
  readonly path: string;
  readonly functions: readonly FunctionCoverage[];
  readonly map?: CachedSourceMap;
}

/**
 * The executed stretches of the files that a script was made from, by path. A script that is its file as it stands is
 * taken at its word; one that was transformed goes through its source map; one without a map has run as a whole.
 * @param textOf a file's text by its path relative to the root
 * @param resolve the path relative to the root of a source that a map names, undefined outside of the root
 */
export function coverScript(
  script: ScriptCoverage,
  textOf: (path: string) => string | undefined,
  resolve: (source: string, from: string) => string | undefined,
): Map<string, readonly Stretch[]> {
  const text = textOf(script.path);
  const executed = executedStretches(script.functions);
  const found = new Map<string, readonly Stretch[]>();
  const shift = text === undefined ? undefined : shiftOf(text, compiledLength(script.functions));
  if (shift !== undefined) found.set(script.path, shift === 0 ? executed : executed.map(([start, end]) => [start + shift, end + shift]));
  if (script.map !== undefined) {
    const pathOf = sourcePaths(script, script.map, textOf, resolve);
    const mapped = mapStretches(script.map, executed, (source) => textOf(pathOf(source) ?? ''));
    for (const [source, stretches] of mapped) {
      const path = pathOf(source);
      if (path !== undefined && !(path === script.path && shift !== undefined)) found.set(path, stretches);
    }
  }
  if (found.size === 0 && text !== undefined && text.length > 0) found.set(script.path, [[0, text.length]]);
  return found;
}

/** By how much offsets differ from those of the file: a byte order mark may have been cut off. Undefined when it was transformed. */
function shiftOf(text: string, compiled: number): number | undefined {
  if (compiled === text.length) return 0;
  return text.startsWith('\uFEFF') && compiled === text.length - 1 ? 1 : undefined;
}

/** A map's only source that cannot be found by its name is the file itself: many tools write no more than its base name. */
function sourcePaths(
  script: ScriptCoverage,
  map: CachedSourceMap,
  textOf: (path: string) => string | undefined,
  resolve: (source: string, from: string) => string | undefined,
): (source: string) => string | undefined {
  const only = map.data.sources.length === 1;
  return (source) => {
    const path = resolve(source, script.path);
    if (path !== undefined && textOf(path) !== undefined) return path;
    return only ? script.path : undefined;
  };
}
