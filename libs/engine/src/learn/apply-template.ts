import type { Edit } from '../edits.js';
import { minimal } from '../mutate/rank.js';
import type { SourceFile } from '../source-file.js';
import { type FixTemplate, filled, type Span } from './template.js';
import { parseSnippet, type Term, termOf } from './term.js';

/** A place where a template fits. */
export interface TemplateMatch {
  /** Offset of the code that is replaced. */
  readonly at: number;
  readonly edits: readonly Edit[];
}

const MAX_MATCHES = 50;

/** Every place of the file that has the template's shape, with the edits that make it the fixed shape. Pure. */
export function applyTemplate(template: FixTemplate, file: SourceFile): TemplateMatch[] {
  const pattern = parseSnippet(template.before, template.kind);
  if (!pattern || file.errors.length > 0) return [];
  const holeAt = new Map(template.holes.flatMap((hole) => hole.before.map(([start, end]) => [`${start}:${end}`, hole.name])));
  const found: TemplateMatch[] = [];
  for (const node of file.nodes) {
    if (found.length >= MAX_MATCHES) break;
    if (!pattern.label.startsWith(`${node.type} `)) continue;
    const bound = new Map<string, string>();
    if (!matches(pattern, termOf(node), holeAt, bound, file.text)) continue;
    const parts = template.holes.flatMap((hole) => hole.after.map((span: Span) => ({ span, text: bound.get(hole.name) ?? '' })));
    const edits = minimal(file.text, [{ start: node.start, end: node.end, text: filled(template.after, parts) }]);
    if (edits.length > 0) found.push({ at: node.start, edits });
  }
  return found;
}

function matches(pattern: Term, term: Term, holeAt: ReadonlyMap<string, string>, bound: Map<string, string>, text: string): boolean {
  const hole = holeAt.get(`${pattern.start}:${pattern.end}`);
  if (hole !== undefined) {
    const here = text.slice(term.start, term.end);
    const known = bound.get(hole);
    bound.set(hole, here);
    return known === undefined || known === here;
  }
  if (pattern.label !== term.label || pattern.children.length !== term.children.length) return false;
  return pattern.children.every((child, i) => matches(child, term.children[i] as Term, holeAt, bound, text));
}
