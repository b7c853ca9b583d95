/** Source text as tokens, for comparing and for statistics: no parser, so it works on fragments too. */
import jsTokens from 'js-tokens';

export interface Token {
  readonly text: string;
  /** UTF-16 offsets [start, end). */
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text without comments and white space; a template literal without expressions is one token. */
export function tokensOf(text: string, base = 0): Token[] {
  const tokens: Token[] = [];
  let at = base;
  for (const { type, value } of jsTokens(text)) {
    const start = at;
    at += value.length;
    if (type === 'WhiteSpace' || type === 'LineTerminatorSequence' || type === 'MultiLineComment' || type === 'SingleLineComment') continue;
    tokens.push({ text: value, start, end: at });
  }
  return tokens;
}

export const isWord = (token: string): boolean => /^[\p{ID_Start}$_]/u.test(token);
