import { type Edit, replace } from '../../edits.js';
import type { Draft, Site } from '../site.js';
import type { Token } from '../tokens.js';

const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  undefined: 'null',
  NaN: 'null',
  Infinity: 'null',
};

/** What other notations allow and JSON (RFC 8259) does not: comments, single quotes, bare keys, a comma before the end. */
export function* notJson({ tokens, comments, text }: Site): Generator<Draft> {
  const edits: Edit[] = comments.map((comment) => replace(comment, ''));
  for (const [i, token] of tokens.entries()) {
    const meant = jsonOf(token, tokens[i + 1]);
    if (meant !== undefined && meant !== token.value) edits.push(replace(token, meant));
  }
  if (edits.length > 0 && edits.length <= 20_000)
    yield { edits, weight: 0.98, summary: 'write it as JSON: double quotes, no comments, no trailing comma', template: 'not-json' };
  if (text.charCodeAt(0) === 0xfeff)
    yield { edits: [replace({ start: 0, end: 1 }, '')], weight: 0.99, summary: 'remove the byte order mark', template: 'not-json' };
}

function jsonOf(token: Token, next: Token | undefined): string | undefined {
  if (token.type === 'StringLiteral' && token.closed && token.value.startsWith("'"))
    return JSON.stringify(token.value.slice(1, -1).replace(/\\(['"])/g, '$1'));
  if (token.type === 'IdentifierName') return next?.value === ':' ? JSON.stringify(token.value) : (WORDS[token.value] ?? undefined);
  if (token.type === 'NumericLiteral' && next?.value === ':') return JSON.stringify(token.value);
  if (token.value === ',' && (next === undefined || next.value === '}' || next.value === ']' || next.value === ',')) return '';
  return token.value === ';' ? '' : undefined;
}
