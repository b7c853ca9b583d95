import { parseSnippet, type SnippetKind, type Term } from './term.js';

/** Stretches of a text, as UTF-16 offsets [start, end). */
export type Span = readonly [number, number];

/** A part of a template that may be any expression; the same one at all its places. */
export interface Hole {
  readonly name: string;
  readonly before: readonly Span[];
  readonly after: readonly Span[];
}

/**
 * A fix as a rule: code of the shape `before` becomes `after`. The texts are those of one example; holes say which parts of
 * them stand for anything. Plain data.
 */
export interface FixTemplate {
  readonly kind: SnippetKind;
  readonly before: string;
  readonly after: string;
  readonly holes: readonly Hole[];
}

/** A template needs this much that is not a hole, or it would match everything. Terms. */
const LEAST_FIXED = 2;

/**
 * The least general template of which both are cases (anti-unification: Plotkin, "A note on inductive generalization", 1970; on
 * before and after trees together as in Getafix, Bader, Scott, Pradel, Chandra: OOPSLA 2019). Nothing when the two
 * have too little in common, or what is new in `after` cannot be told from `before`. Pure.
 */
export function antiUnify(a: FixTemplate, b: FixTemplate): FixTemplate | undefined {
  if (a.kind !== b.kind) return undefined;
  const [a1, a2, b1, b2] = [a.before, a.after, b.before, b.after].map((text) => parseSnippet(text, a.kind));
  if (!a1 || !a2 || !b1 || !b2) return undefined;
  const before = generalise(
    { text: a.before, term: a1, holes: spansOf(a, 'before') },
    { text: b.before, term: b1, holes: spansOf(b, 'before') },
  );
  const after = generalise(
    { text: a.after, term: a2, holes: spansOf(a, 'after') },
    { text: b.after, term: b2, holes: spansOf(b, 'after') },
  );
  if (!before || !after || before.fixed < LEAST_FIXED) return undefined;
  if ([...after.holes.keys()].some((key) => !before.holes.has(key))) return undefined;
  const holes = [...before.holes].map(([key, spans], i) => ({ name: `h${i + 1}`, before: spans, after: after.holes.get(key) ?? [] }));
  return { kind: a.kind, before: a.before, after: a.after, holes };
}

/** The template as people read it: holes are `h1`, `h2`. */
export function templateText(template: FixTemplate, side: 'before' | 'after'): string {
  const spans = template.holes.flatMap((hole) => hole[side].map((span) => ({ span, text: hole.name })));
  return filled(template[side], spans);
}

/** A text with other texts in some of its stretches. */
export function filled(text: string, parts: readonly { readonly span: Span; readonly text: string }[]): string {
  const sorted = [...parts].sort((x, y) => x.span[0] - y.span[0]);
  let [at, result] = [0, ''];
  for (const { span, text: part } of sorted) {
    result += text.slice(at, span[0]) + part;
    at = span[1];
  }
  return result + text.slice(at);
}

interface Side {
  readonly text: string;
  readonly term: Term;
  /** Holes that it has already: start offset to end offset. */
  readonly holes: ReadonlyMap<number, number>;
}

interface Generalised {
  /** Places in the first text by what stands there in both. */
  readonly holes: Map<string, Span[]>;
  /** Terms that are the same in both. */
  fixed: number;
}

function generalise(a: Side, b: Side): Generalised | undefined {
  const found: Generalised = { holes: new Map(), fixed: 0 };
  const visit = (x: Term, y: Term): boolean => {
    const open = a.holes.get(x.start) === x.end || b.holes.get(y.start) === y.end;
    if (!open && x.label === y.label && x.children.length === y.children.length) {
      found.fixed++;
      return x.children.every((child, i) => visit(child, y.children[i] as Term));
    }
    if (x.isStatement || y.isStatement) return false;
    const key = `${a.text.slice(x.start, x.end)}\0${b.text.slice(y.start, y.end)}`;
    found.holes.set(key, [...(found.holes.get(key) ?? []), [x.start, x.end]]);
    return true;
  };
  return visit(a.term, b.term) && found.fixed > 0 ? found : undefined;
}

const spansOf = (template: FixTemplate, side: 'before' | 'after'): Map<number, number> =>
  new Map(template.holes.flatMap((hole) => hole[side].map(([start, end]) => [start, end])));
