import { childrenOf, type Node } from '../nodes.js';
import { SourceFile } from '../source-file.js';

/** A syntax tree reduced to what two trees are compared by. Offsets are of the text that it was made from. */
export interface Term {
  /** The node's type and everything that is not a child: operator, name, literal, flags. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Term[];
  /** Statements are compared, but never abstracted away. */
  readonly isStatement: boolean;
}

/** A snippet can be an expression or a statement; both are parsed in a place where every keyword is allowed. */
export type SnippetKind = 'expression' | 'statement';

const ATTRIBUTES = [
  'operator',
  'name',
  'raw',
  'kind',
  'computed',
  'optional',
  'async',
  'generator',
  'static',
  'prefix',
  'delegate',
  'await',
];
const IN_PLACE: Readonly<Record<SnippetKind, readonly [string, string]>> = {
  expression: ['async function* f() { for (;;) { (', '\n) } }'],
  statement: ['async function* f() { for (;;) { switch (0) { default: ', '\n} } }'],
};

export function termOf(node: Node): Term {
  const fields = node as unknown as Record<string, unknown>;
  const attributes = ATTRIBUTES.flatMap((name) => (fields[name] ? [`${name}=${String(fields[name])}`] : []));
  if (node.type === 'TemplateElement') attributes.push(JSON.stringify(node.value.raw));
  return {
    label: [node.type, ...attributes, presentKeys(fields)].join(' '),
    start: node.start,
    end: node.end,
    children: childrenOf(node).map(termOf),
    isStatement: /(?:Statement|Declaration)$/.test(node.type),
  };
}

/** Snippets are compared with many others: each is parsed once. */
const parsed = new Map<string, Term | undefined>();
const MAX_PARSED = 2000;

/** A snippet's term, offsets in the snippet; nothing when it does not parse as one expression or one statement. */
export function parseSnippet(text: string, kind: SnippetKind): Term | undefined {
  const key = `${kind} ${text}`;
  if (parsed.has(key)) return parsed.get(key);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const term = parseOnce(text, kind);
  parsed.set(key, term);
  return term;
}

function parseOnce(text: string, kind: SnippetKind): Term | undefined {
  const [before, after] = IN_PLACE[kind];
  const file = new SourceFile('snippet.tsx', `${before}${text}${after}`);
  if (file.errors.length > 0) return undefined;
  const [start, end] = [before.length, before.length + text.length];
  const found = file.nodes.find(
    (node) => node.start === start && node.end === end && /Statement$|Declaration$/.test(node.type) === (kind === 'statement'),
  );
  return found && shifted(termOf(found), -start);
}

/** Which children there are, by key: `if` with and without `else` are different shapes. */
const presentKeys = (fields: Record<string, unknown>): string =>
  Object.keys(fields)
    .flatMap((key) => {
      const value = fields[key];
      // An empty list says nothing: TypeScript's trees have some that JavaScript's have not.
      if (Array.isArray(value)) return value.length > 0 ? [`${key}*${value.length}`] : [];
      return key !== 'parent' && typeof value === 'object' && value !== null && 'type' in value ? [key] : [];
    })
    .join();

const shifted = (term: Term, by: number): Term => ({
  ...term,
  start: term.start + by,
  end: term.end + by,
  children: term.children.map((child) => shifted(child, by)),
});
