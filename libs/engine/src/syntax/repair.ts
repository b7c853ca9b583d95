import type { Edit } from '../edits.js';
import { type Fault, faultsOf, isRepairable } from './faults.js';
import { layoutFaults } from './layout.js';
import { isParsable } from './nesting.js';
import { Pieces } from './pieces.js';
import { JSON_RULES, SCRIPT_RULES } from './rules/index.js';
import { type Draft, type Site, siteOf } from './site.js';
import { tokensOf } from './tokens.js';

/** A change after which the file parses. */
export interface Repair {
  /** Against the broken text; sorted, disjoint. */
  readonly edits: readonly Edit[];
  readonly summary: string;
  /** (0, 1]: how likely it is what was meant. */
  readonly weight: number;
  /** The kind of mistake; of a repair of several steps their names joined by `+`. */
  readonly template: string;
}

export interface RepairOptions {
  /** What the engine that refused the file said (V8's line, column and message): often nearer to the mistake than the parser's place. */
  readonly hint?: { readonly line: number; readonly column?: number; readonly message?: string };
  /** At most this many repairs; 40 by default. */
  readonly limit?: number;
}

/** Longer files are not repaired: they are built, not written. */
const MAX_TEXT = 500_000;
/** Bounds of the whole search: parses, and characters parsed (one to four seconds). */
const MAX_PARSES = 3000;
const MAX_CHARACTERS = 8_000_000;
/** A text with more errors than this is something else than code with a mistake. */
const MAX_FAULTS = 100;
/** What one error costs, in characters parsed. */
const ERROR_COST = 500;
/** Characters whose layout is judged in all: of a long file only the likeliest repairs are kept. */
const MAX_JUDGED = 8_000_000;
/** Mistakes in one file that are mended together, and broken texts that are followed from one to the next. */
const MAX_STEPS = 4;
const BEAM = 5;
/** A repair this likely ends the search for repairs of more steps. */
const GOOD = 0.55;

interface State {
  readonly pieces: Pieces;
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly weight: number;
  readonly steps: readonly Draft[];
}

/**
 * Repairs of a script or JSON file that does not parse, best first; every one of them parses. Token-level rules at the place of
 * the error propose (most real syntax errors are one token: Santos et al., "Syntax and sensibility", SANER 2018; Gupta et al.,
 * "DeepFix", AAAI 2017), the parser decides, the indentation ranks. When one step only moves the error on, the next error is mended
 * from there, up to four steps. Empty for a file that parses, is too long or nests too deep. Deterministic, bounded, never throws.
 */
export function repairSyntax(path: string, text: string, { hint, limit = 40 }: RepairOptions = {}): Repair[] {
  if (!isRepairable(path) || text.length > MAX_TEXT || !isParsable(text)) return [];
  const search = new Search(path, hintOffset(text, hint));
  const faults = faultsOf(path, text);
  if (faults.length === 0 || faults.length > MAX_FAULTS) return [];
  let frontier: State[] = [{ pieces: Pieces.of(text), text, faults, weight: 1, steps: [] }];
  for (let step = 0; step < MAX_STEPS && frontier.length > 0; step++) {
    const next = frontier.flatMap((state) => search.expand(state));
    if (search.best >= GOOD) break;
    frontier = next.sort((a, b) => promise(b) - promise(a)).slice(0, BEAM);
  }
  return rank(path, search.found, limit);
}

/** How much a state that does not parse yet is worth: its steps and how far its first error has moved towards the end. */
const promise = ({ weight, faults, text }: State): number => weight * (1 - 0.5 * (remaining(text, faults) / (text.length + 1)));
const remaining = (text: string, faults: readonly Fault[]): number => text.length - firstOf(text, faults);
const firstOf = (text: string, faults: readonly Fault[]): number =>
  faults.reduce((least, { start }) => Math.min(least, start), text.length);

class Search {
  readonly found = new Map<string, State>();
  best = 0;
  readonly #seen = new Set<string>();
  #parses = 0;
  #characters = 0;

  constructor(
    private readonly path: string,
    private readonly hinted: number | undefined,
  ) {}

  /** Tries every draft at the state's first error; keeps what parses, returns what came nearer to it. */
  expand(state: State): State[] {
    const first = state.faults.reduce((a, b) => (b.start < a.start ? b : a));
    const also = this.hinted !== undefined && state.steps.length === 0 ? [this.hinted] : [];
    const site = siteOf(this.path, state.text, { ...first, related: [...first.related, ...also] });
    const nearer: State[] = [];
    for (const draft of draftsOf(site)) {
      const pieces = state.pieces.apply(draft.edits);
      const { text } = pieces;
      if (this.#seen.has(text)) continue;
      this.#seen.add(text);
      if (++this.#parses > MAX_PARSES || this.#characters > MAX_CHARACTERS) break;
      const faults = faultsOf(this.path, text);
      // The parser stops at its first fatal error; looking over the text and telling of an error cost something, too.
      this.#characters += firstOf(text, faults) + text.length / 4 + faults.length * ERROR_COST;
      const weight = state.weight * draft.weight * (state.steps.length > 0 ? 0.9 : 1);
      const made = { pieces, text, faults, weight, steps: [...state.steps, draft] };
      if (faults.length === 0) {
        this.found.set(text, made);
        this.best = Math.max(this.best, weight);
      } else if (remaining(text, faults) < remaining(state.text, state.faults) || faults.length < state.faults.length) nearer.push(made);
      else if (draft.template === 'not-json') nearer.push(made);
      else if (/bracket|brace/.test(draft.template) && remaining(text, faults) === 0) nearer.push({ ...made, weight: weight * 0.8 });
    }
    return nearer;
  }
}

/** The drafts of every rule, best first, each change once. */
function draftsOf(site: Site): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const rule of site.path.endsWith('.json') ? JSON_RULES : SCRIPT_RULES)
    for (const draft of rule(site)) {
      const key = draft.edits.map(({ start, end, text }) => `${start}:${end}:${text}`).join('|');
      const known = drafts.get(key);
      if (draft.edits.length > 0 && (known === undefined || known.weight < draft.weight)) drafts.set(key, draft);
    }
  return [...drafts.values()].sort((a, b) => b.weight - a.weight);
}

function rank(path: string, found: ReadonlyMap<string, State>, limit: number): Repair[] {
  const length = found.values().next().value?.text.length ?? 0;
  const judged = Math.min(Math.max(limit, 100), Math.ceil(MAX_JUDGED / (length + 1)));
  const best = [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, judged);
  const jsx = /x$/.test(path);
  const laidOut = best.map((state) => ({ state, faults: layoutFaults(state.text, tokensOf(state.text, jsx).code) }));
  const least = Math.min(...laidOut.map(({ faults }) => faults));
  return laidOut
    .map(({ state, faults }) => ({ state, weight: state.weight * 0.8 ** Math.min(8, faults - least), size: sizeOf(state.pieces.edits) }))
    .sort((a, b) => b.weight - a.weight || a.size - b.size)
    .slice(0, limit)
    .map(({ state, weight }) => ({
      edits: state.pieces.edits,
      summary: state.steps
        .map(({ summary }) => summary)
        .join('; ')
        .slice(0, 200),
      weight,
      template: `syntax/${state.steps.map(({ template }) => template).join('+')}`,
    }));
}

const sizeOf = (edits: readonly Edit[]): number => edits.reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);

function hintOffset(text: string, hint: RepairOptions['hint']): number | undefined {
  if (!hint || !Number.isInteger(hint.line) || hint.line < 1) return undefined;
  let start = 0;
  for (let line = 1; line < hint.line; line++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + Math.max(0, (hint.column ?? 1) - 1), end < 0 ? text.length : end);
}
