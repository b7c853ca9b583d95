import jsTokens, { type JSXToken, type Token as JsToken } from 'js-tokens';

/** A token of a text that may be broken. Offsets are UTF-16 code units. */
export interface Token {
  readonly type: (JsToken | JSXToken)['type'];
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** 0-based line on which it starts. */
  readonly line: number;
  /** White-space or a line break lies before it. */
  readonly spaced: boolean;
  /** It is the first of its line. */
  readonly leads: boolean;
  /** False for a string, template, comment or regular expression whose end is missing. */
  readonly closed: boolean;
}

/** The tokens of a text: code and, apart, its comments. Never throws, whatever the text. */
export function tokensOf(text: string, jsx: boolean): { code: Token[]; comments: Token[] } {
  const [code, comments]: [Token[], Token[]] = [[], []];
  let [at, line, spaced, leads] = [0, 0, false, true];
  for (const token of jsTokens(text, { jsx }) as Iterable<JsToken | JSXToken>) {
    const { type, value } = token;
    const end = at + value.length;
    if (type === 'WhiteSpace' || type === 'LineTerminatorSequence') {
      spaced = true;
      if (type === 'LineTerminatorSequence') leads = true;
    } else {
      const made = { type, value, start: at, end, line, spaced, leads, closed: !('closed' in token) || token.closed };
      if (type === 'MultiLineComment' || type === 'SingleLineComment' || type === 'HashbangComment') {
        comments.push(made);
        spaced = true;
      } else {
        code.push(made);
        spaced = false;
        leads = false;
      }
    }
    for (let i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) line++;
    at = end;
  }
  return { code, comments };
}

const OPERANDS: ReadonlySet<string> = new Set([
  'IdentifierName',
  'NumericLiteral',
  'StringLiteral',
  'NoSubstitutionTemplate',
  'TemplateTail',
  'RegularExpressionLiteral',
  'PrivateIdentifier',
]);

export const KEYWORDS: ReadonlySet<string> = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends finally for function if import in instanceof let new of return static super switch this throw try typeof var void while with yield async'.split(
    ' ',
  ),
);

/** Words that cannot be a variable's name. */
export const RESERVED: ReadonlySet<string> = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with'.split(
    ' ',
  ),
);

const VALUES = new Set(['this', 'super', 'true', 'false', 'null']);

/** Whether an expression can end with the token. */
export const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.type === 'Punctuator'
    ? [')', ']', '}', '++', '--'].includes(token.value)
    : OPERANDS.has(token.type) && (!KEYWORDS.has(token.value) || VALUES.has(token.value)));

/** Whether an expression can begin with the token. */
export const beginsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.type === 'Punctuator'
    ? ['(', '[', '{', '++', '--', '!', '~'].includes(token.value)
    : (OPERANDS.has(token.type) || token.type === 'TemplateHead') &&
      (!RESERVED.has(token.value) || VALUES.has(token.value) || ['new', 'typeof', 'function', 'class', 'void'].includes(token.value)));

export const isWord = (token: Token | undefined): token is Token => token?.type === 'IdentifierName';
export const isName = (token: Token | undefined): token is Token => isWord(token) && !RESERVED.has(token.value);
