import { insert, replace } from '../../edits.js';
import { SourceFile } from '../../source-file.js';
import { type Draft, lineAt, type Site, short } from '../site.js';
import type { Token } from '../tokens.js';
import { closerOf } from './statements.js';

/** A name declared twice: the second becomes an assignment, or one of the two goes. */
export function* duplicateDeclarations({ tokens, fault, text }: Site): Generator<Draft> {
  if (!/has already been declared|Duplicated? (?:export|identifier)/i.test(fault.message)) return;
  const places = [...new Set([fault.start, ...fault.related])].sort((a, b) => b - a);
  for (const [rank, place] of places.entries()) {
    const i = tokens.findIndex((token) => token.start === place);
    const [name, keyword] = [tokens[i], tokens[i - 1]];
    if (!name || !keyword) continue;
    const line = lineAt(text, name.start);
    const later = 1 - 0.15 * rank;
    if (['let', 'const', 'var'].includes(keyword.value)) {
      const hasValue = tokens[i + 1]?.value === '=';
      const first = rank === 0 ? tokens.findIndex((token) => token.start === places[1]) : -1;
      const firstKeyword = tokens[first - 1];
      const opened = firstKeyword?.value === 'const' ? [replace(firstKeyword, 'let')] : [];
      if (hasValue && rank === 0)
        yield {
          edits: [...opened, replace({ start: keyword.start, end: name.start }, '')],
          weight: 0.93,
          summary: `assign to ${name.value}, which is declared already`,
          template: 'duplicate-declaration',
        };
      if (name.line === keyword.line && text.slice(line.start, keyword.start).trim() === '')
        yield {
          edits: [replace(line, '')],
          weight: (hasValue ? 0.6 : 0.9) * later,
          summary: `remove ${short(text.slice(line.start, line.end))}`,
          template: 'duplicate-declaration',
        };
    }
    if (keyword.value === 'function' || keyword.value === 'class') {
      const open = tokens.findIndex((token, j) => j > i && token.value === '{');
      const close = open < 0 ? undefined : closerOf(tokens, open);
      const end = close === undefined ? undefined : tokens[close];
      if (end)
        yield {
          edits: [replace({ start: line.start, end: lineAt(text, end.start).end }, '')],
          weight: 0.6 * later,
          summary: `remove one of the two ${name.value}`,
          template: 'duplicate-declaration',
        };
    }
    yield { edits: [insert(name.end, '2')], weight: 0.15 * later, summary: `call it ${name.value}2`, template: 'duplicate-declaration' };
  }
}

/** `await` in a function that is not async: it becomes async. */
export function* asyncFunctions(site: Site): Generator<Draft> {
  const { fault, tokens, text, path } = site;
  const waits = /await/.test(fault.message) || site.near.some((i) => tokens[i]?.value === 'await');
  if (!waits) return;
  for (const i of site.near) {
    if (tokens[i]?.value !== 'await') continue;
    yield {
      edits: [replace({ start: (tokens[i] as Token).start, end: tokens[i + 1]?.start ?? (tokens[i] as Token).end }, '')],
      weight: 0.5,
      summary: 'remove await',
      template: 'await-outside-async',
    };
    const functions = enclosingFunctions(tokens, i);
    for (const [rank, at] of functions.entries())
      yield {
        edits: [insert(at, 'async ')],
        weight: 0.95 - 0.1 * rank,
        summary: 'make the function async',
        template: 'await-outside-async',
      };
    if (functions.length === 0 && !/^\s*(?:import|export)\b/m.test(text) && !path.endsWith('.cjs'))
      yield {
        edits: [insert(lineAt(text, (tokens[i] as Token).start).start, '(async () => {\n'), insert(text.trimEnd().length, '\n})();')],
        weight: 0.3,
        summary: 'wrap it in an async function',
        template: 'await-outside-async',
      };
  }
}

/** Where `async` goes for each function around a token, innermost first. */
function enclosingFunctions(tokens: readonly Token[], at: number): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let i = at - 1; i >= 0 && found.length < 3; i--) {
    const { value } = tokens[i] as Token;
    if (value === '}' || value === ')' || value === ']') depth++;
    else if (value === '{' || value === '(' || value === '[') {
      if (depth > 0) depth--;
      else if (value === '{') {
        const head = headOf(tokens, i);
        if (head !== undefined) found.push(head);
      }
    } else if (value === '=>' && depth === 0) {
      const start = parametersAt(tokens, i - 1);
      if (tokens[start - 1]?.value !== 'async') found.push((tokens[start] as Token).start);
    }
  }
  return [...new Set(found)];
}

/** The start of the function whose body opens at `open`: of `function`, of a method's name, of an arrow's parameters. */
function headOf(tokens: readonly Token[], open: number): number | undefined {
  const arrow = tokens[open - 1]?.value === '=>';
  const start = parametersAt(tokens, open - (arrow ? 2 : 1));
  if (arrow) return tokens[start]?.start;
  if (tokens[start]?.value !== '(') return undefined;
  for (const back of [1, 2]) if (tokens[start - back]?.value === 'function') return tokens[start - back]?.start;
  const name = tokens[start - 1];
  return name?.type === 'IdentifierName' && !['if', 'for', 'while', 'switch', 'catch', 'with'].includes(name.value)
    ? name.start
    : undefined;
}

/** Index where parameters that end at `end` begin. */
function parametersAt(tokens: readonly Token[], end: number): number {
  if (tokens[end]?.value !== ')') return Math.max(0, end);
  let depth = 0;
  for (let i = end; i >= 0; i--) {
    if (tokens[i]?.value === ')') depth++;
    else if (tokens[i]?.value === '(' && --depth === 0) return i;
  }
  return end;
}

/** Type annotations in a JavaScript file: they go, if the file is TypeScript otherwise. */
export function* typesInScript({ path, text }: Site): Generator<Draft> {
  if (!/\.[cm]?jsx?$/.test(path) || text.length > 200_000) return;
  const typed = new SourceFile(path.replace(/js(x?)$/, 'ts$1'), text);
  if (typed.errors.length > 0) return;
  const spans = typed.nodes.flatMap((node) => {
    switch (node.type) {
      case 'TSTypeAnnotation':
        return [{ start: text.lastIndexOf(':', node.typeAnnotation.start), end: node.end }];
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSTypeParameterDeclaration':
      case 'TSTypeParameterInstantiation':
        return [{ start: node.start, end: node.end }];
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
        return [{ start: node.expression.end, end: node.end }];
      default:
        return [];
    }
  });
  const ordered = spans
    .sort((a, b) => a.start - b.start)
    .filter((span, i, all) => i === 0 || !all.slice(0, i).some((other) => other.end > span.start));
  if (ordered.length > 0 && ordered.length <= 500)
    yield {
      edits: ordered.map((span) => replace(span, '')),
      weight: 0.9,
      summary: 'remove the type annotations',
      template: 'types-in-script',
    };
}
