import { type EncodedSourceMap, eachMapping, TraceMap } from '@jridgewell/trace-mapping';
import { covers, type Stretch, union } from './paint.js';

/** An entry of the `source-map-cache` that Node writes beside its coverage. */
export interface CachedSourceMap {
  /** UTF-16 length of each line of the compiled text, without its end. */
  readonly lineLengths: readonly number[];
  readonly data: EncodedSourceMap;
}

/**
 * Where the executed stretches of a compiled text lie in its sources. A piece of a source (from one mapped position to
 * the next) has run when any compiled piece that comes from it has. What no mapping names counts with what is before it.
 * @param textOf a source's text by its name in the map, undefined when it is none of ours
 */
export function mapStretches(
  map: CachedSourceMap,
  executed: readonly Stretch[],
  textOf: (source: string) => string | undefined,
): Map<string, Stretch[]> {
  const lineStarts = startsOf(map.lineLengths);
  const pieces = new Map<string, Map<number, boolean>>();
  const starts = new Map<string, number[] | undefined>();
  eachMapping(new TraceMap(map.data), ({ source, originalLine, originalColumn, generatedLine, generatedColumn }) => {
    if (source === null || originalLine === null || originalColumn === null) return;
    if (!starts.has(source)) {
      const text = textOf(source);
      starts.set(source, text === undefined ? undefined : startsOf(text.split('\n').map((line) => line.length)));
    }
    const lineStart = starts.get(source)?.[originalLine - 1];
    const compiled = lineStarts[generatedLine - 1];
    if (lineStart === undefined || compiled === undefined) return;
    const ofSource = pieces.get(source) ?? new Map<number, boolean>();
    pieces.set(source, ofSource);
    const offset = lineStart + originalColumn;
    ofSource.set(offset, ofSource.get(offset) === true || covers(executed, compiled + generatedColumn));
  });
  return new Map([...pieces].map(([source, ofSource]) => [source, joinPieces(ofSource, textOf(source)?.length ?? 0)]));
}

function joinPieces(pieces: ReadonlyMap<number, boolean>, length: number): Stretch[] {
  const sorted = [...pieces].sort((a, b) => a[0] - b[0]);
  return union(sorted.flatMap(([start, ran], index): Stretch[] => (ran ? [[start, sorted[index + 1]?.[0] ?? length]] : [])));
}

function startsOf(lengths: readonly number[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const length of lengths) {
    starts.push(at);
    at += length + 1;
  }
  return starts;
}
