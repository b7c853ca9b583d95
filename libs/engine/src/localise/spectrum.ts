/** Spectrum-based fault localisation: which code do failing tests execute that passing tests do not? */
import type { Suspicion } from '../mutate/mutation.js';
import { isFunction } from '../nodes.js';
import type { SourceFile } from '../source-file.js';

/** What one test executed. The same shape as the coverage that an oracle reports. */
export interface Spectrum {
  /** The test's id, or '' for the whole run. */
  readonly test: string;
  readonly failed: boolean;
  /** By path relative to the root: executed stretches as UTF-16 offsets [start, end), sorted, disjoint. */
  readonly files: ReadonlyMap<string, readonly (readonly [number, number])[]>;
}

/** Without a passing test nothing tells executed code apart: it is all half suspicious. */
const NO_CONTRAST = 0.5;
/** Code that runs when a module loads (tables, exports) may not be counted to any test: its share of the file's highest. */
const LOADED = 0.4;

/**
 * The suspicion of every place by Ochiai's coefficient, `ef / sqrt((ef + nf) * (ef + ep))`: ef and nf are the failing tests
 * that do and do not execute it, ep the passing ones that do (Abreu, Zoeteweij, van Gemund: "On the accuracy of
 * spectrum-based fault localization", TAIC PART 2007). A node's place is its start.
 * 0: no failing test executes it. Outside functions, in a file that a failing test executes, at least a share of the
 * file's highest: declarations run at load, before any test. With no coverage at all everything is 0.5.
 * A query is a binary search; building is linear in the stretches, up to sorting.
 */
export function suspicionOf(spectra: readonly Spectrum[], files: readonly SourceFile[]): Suspicion {
  const failing = spectra.filter(({ failed }) => failed);
  if (failing.length === 0) return () => NO_CONTRAST;
  const contrast = failing.length < spectra.length ? 1 : NO_CONTRAST;
  const scores = new Map<string, Steps>();
  for (const file of files) {
    const steps = scoresOf(file, spectra, failing.length, contrast);
    if (steps) scores.set(file.path, steps);
  }
  return (path, node) => scores.get(path)?.at(node.start) ?? 0;
}

/** A function of the offset that is constant from each start to the next. */
class Steps {
  readonly #starts: number[] = [];
  readonly #values: number[] = [];

  add(start: number, value: number): void {
    this.#starts.push(start);
    this.#values.push(value);
  }

  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#values[low - 1] ?? 0;
  }
}

function scoresOf(file: SourceFile, spectra: readonly Spectrum[], failing: number, contrast: number): Steps | undefined {
  const changes = new Map<number, { failed: number; passed: number }>();
  const change = (at: number, failed: boolean, by: number) => {
    const known = changes.get(at) ?? { failed: 0, passed: 0 };
    if (failed) known.failed += by;
    else known.passed += by;
    changes.set(at, known);
  };
  let touched = false;
  for (const { failed, files } of spectra) {
    for (const [start, end] of files.get(file.path) ?? []) {
      change(start, failed, 1);
      change(end, failed, -1);
      touched ||= failed;
    }
  }
  if (!touched) return undefined;
  const bodies = outermostFunctions(file);
  for (const { start, end } of bodies) {
    change(start, true, 0);
    change(end, true, 0);
  }
  change(0, true, 0);
  const places = [...changes].sort(([a], [b]) => a - b);
  let [ef, ep] = [0, 0];
  const values = places.map(([, { failed, passed }]) => {
    ef += failed;
    ep += passed;
    return ef <= 0 ? 0 : (contrast * ef) / Math.sqrt(failing * (ef + ep));
  });
  const floor = LOADED * values.reduce((best, value) => Math.max(best, value), 0);
  const steps = new Steps();
  let next = 0;
  places.forEach(([start], i) => {
    while (next < bodies.length && (bodies[next] as { end: number }).end <= start) next++;
    const inside = next < bodies.length && (bodies[next] as { start: number }).start <= start;
    steps.add(start, inside ? (values[i] ?? 0) : Math.max(values[i] ?? 0, floor));
  });
  return steps;
}

function outermostFunctions(file: SourceFile): { start: number; end: number }[] {
  let last = -1;
  return file.nodes.filter((node) => {
    if (!isFunction(node) || node.start < last) return false;
    last = node.end;
    return true;
  });
}
