/** A stretch of a text: UTF-16 offsets, the end not included. */
export type Stretch = readonly [number, number];

/** As V8's precise coverage gives it: ranges nest, an inner one says more than what is around it. */
export interface FunctionCoverage {
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
}

/** The executed stretches of one script: sorted, disjoint, with what never ran cut out of what did. */
export function executedStretches(functions: readonly FunctionCoverage[]): Stretch[] {
  const ranges = functions.flatMap((one) => one.ranges).sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const found: Stretch[] = [];
  const open: { end: number; count: number }[] = [];
  let at = 0;
  const paintTo = (to: number) => {
    const count = open.at(-1)?.count ?? 0;
    if (count > 0 && to > at) found.push([at, to]);
    at = Math.max(at, to);
  };
  const closeUntil = (offset: number) => {
    for (let top = open.at(-1); top !== undefined && top.end <= offset; top = open.at(-1)) {
      paintTo(top.end);
      open.pop();
    }
  };
  for (const { startOffset, endOffset, count } of ranges) {
    closeUntil(startOffset);
    paintTo(startOffset);
    open.push({ end: endOffset, count });
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return union(found);
}

/** Sorted, disjoint, touching stretches made one, empty ones left out. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (end <= start) continue;
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The end of the outermost range: the length of the text that V8 compiled. */
export function compiledLength(functions: readonly FunctionCoverage[]): number {
  return functions.reduce((max, one) => one.ranges.reduce((end, range) => Math.max(end, range.endOffset), max), 0);
}

/** Whether an offset is in one of the (sorted, disjoint) stretches. */
export function covers(stretches: readonly Stretch[], offset: number): boolean {
  let low = 0;
  let high = stretches.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [start, end] = stretches[middle] as Stretch;
    if (offset < start) high = middle - 1;
    else if (offset >= end) low = middle + 1;
    else return true;
  }
  return false;
}
