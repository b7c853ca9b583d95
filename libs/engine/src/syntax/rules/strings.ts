import { insert, replace } from '../../edits.js';
import { type Draft, lineAt, type Site, short } from '../site.js';
import { isWord, type Token } from '../tokens.js';

/** What is looked at of a line: longer ones are not written by people. */
const LONGEST_LINE = 2000;

/** Where a string without an end may have ended: before punctuation and at the ends of words, likeliest first. */
function* endsIn(text: string): Generator<{ at: number; weight: number }> {
  const trimmed = text.slice(0, LONGEST_LINE).trimEnd();
  const punctuation = /[;,)\]}\s]*$/.exec(trimmed)?.[0].length ?? 0;
  // The whole rest of the line but its last punctuation, one sign less each time.
  for (let n = 0; n <= Math.min(punctuation, 6); n++) {
    const at = trimmed.length - punctuation + n;
    yield { at, weight: n === 0 ? 0.9 : 0.7 - 0.08 * n };
  }
  let i = 0;
  for (const match of trimmed.matchAll(/[\w$]+|[^\w\s]/g)) {
    const at = (match.index ?? 0) + match[0].length;
    const next = trimmed[at] ?? '';
    if (at < trimmed.length - punctuation && i++ < 24)
      yield { at, weight: (next === '.' || next === ')' || next === ',' || next === ']' ? 0.85 : next === ' ' ? 0.6 : 0.5) - 0.01 * i };
    const start = match.index ?? 0;
    if (/^[,)\];+:]$/.test(match[0]) && start < trimmed.length - punctuation) yield { at: start, weight: 0.6 };
  }
}

/** A string or template that nothing ends. */
export function* unclosedStrings(site: Site): Generator<Draft> {
  const { text } = site;
  const open = site.tokens
    .filter((token) => !token.closed && (token.type.includes('Template') || token.type === 'StringLiteral'))
    .slice(0, 3);
  for (const token of open) {
    const quote = token.type === 'StringLiteral' ? (token.value[0] as string) : '`';
    const from = token.start + (token.type === 'TemplateTail' ? 0 : 1);
    const line = text.slice(from, lineAt(text, token.start).end);
    for (const { at, weight } of endsIn(line))
      yield {
        edits: [insert(from + at, quote)],
        weight: 0.95 * weight,
        summary: `end the string after ${short(text.slice(token.start, from + at))}`,
        template: 'unclosed-string',
      };
    // The quote that is there may be the end: then the beginning is missing.
    yield* missingStart(site, token, quote);
    if (quote === '`') yield* wholeTemplate(site, token);
    else yield* brokenOverLines(site, token, quote);
  }
}

function* missingStart(site: Site, token: Token, quote: string): Generator<Draft> {
  const first = lineAt(site.text, token.start).start;
  const before = site.tokens.filter(({ start }) => start >= first && start < token.start).slice(-16);
  for (const [i, other] of before.entries()) {
    const previous = before[i - 1];
    const opens = previous !== undefined && ['(', '=', ',', '+', ':', '[', 'return', '=>', '==', '==='].includes(previous.value);
    yield {
      edits: [insert(other.start, quote)],
      weight: opens ? 0.8 : 0.2,
      summary: `begin the string before ${short(other.value)}`,
      template: 'unopened-string',
    };
  }
}

/** A template that runs to the end of the file may end on any line: before a line that looks like code again. */
function* wholeTemplate({ text }: Site, token: Token): Generator<Draft> {
  for (const match of [...text.slice(token.start + 1).matchAll(/;?[ \t]*\n/g)].slice(0, 20)) {
    const at = token.start + 1 + (match.index ?? 0);
    yield { edits: [insert(at, '`')], weight: 0.4, summary: 'end the template at the end of a line', template: 'unclosed-string' };
  }
}

/** `"a` and `b"` on different lines: a template may hold the line break. */
function* brokenOverLines({ text }: Site, token: Token, quote: string): Generator<Draft> {
  const end = text.indexOf(quote, token.end);
  if (end < 0 || end - token.start > 4000 || text.slice(token.start, end).includes('`')) return;
  yield {
    edits: [replace({ start: token.start, end: token.start + 1 }, '`'), replace({ start: end, end: end + 1 }, '`')],
    weight: text.slice(token.start, end).split('\n').length <= 6 ? 0.55 : 0.2,
    summary: 'make the string of several lines a template',
    template: 'string-of-lines',
  };
}

/** Tokens before and after the error whose quotes are looked at. */
const AROUND = 60;

/** `'it's'`, `"a'`: a quote inside that ends the string too early, or an end of the other kind. */
export function* wrongQuotes({ text, tokens, near, at: place }: Site): Generator<Draft> {
  const lines = new Set(near.map((i) => tokens[i]?.line));
  const first = Math.max(0, place - AROUND);
  for (const [i, token] of tokens.slice(first, place + AROUND).entries()) {
    if (token.type !== 'StringLiteral' || !lines.has(token.line)) continue;
    const quote = token.value[0] as string;
    const other = quote === "'" ? '"' : "'";
    const line = lineAt(text, token.start);
    const rest = text.slice(token.start + 1, Math.min(line.end, token.start + LONGEST_LINE));
    const wrongEnd = rest.indexOf(other);
    if (wrongEnd >= 0)
      yield {
        edits: [replace({ start: token.start + 1 + wrongEnd, end: token.start + 2 + wrongEnd }, quote)],
        weight: token.closed ? 0.5 : 0.92,
        summary: `end the string with ${quote}`,
        template: 'mismatched-quotes',
      };
    if (wrongEnd >= 0 && !token.closed)
      yield {
        edits: [replace({ start: token.start, end: token.start + 1 }, other)],
        weight: 0.91,
        summary: `begin the string with ${other}`,
        template: 'mismatched-quotes',
      };
    const next = tokens[first + i + 1];
    if (token.closed && next?.start === token.end && (!next.closed || isWord(next)))
      for (const { at, weight } of endsIn(token.value.slice(1, -1)))
        yield {
          edits: [insert(token.start + 1 + at, quote)],
          weight: 0.9 * weight,
          summary: `end the string after ${short(token.value.slice(0, at + 1))}`,
          template: 'unclosed-string',
        };
    const last = rest.lastIndexOf(quote);
    if (!token.closed || token.start + 1 + last <= token.end) continue;
    const inner = [...rest.slice(0, last).matchAll(new RegExp(`(?<!\\\\)${quote}`, 'g'))].map(({ index }) => token.start + 1 + index);
    yield {
      edits: inner.map((at) => insert(at, '\\')),
      weight: 0.75,
      summary: `escape the ${quote} inside the string`,
      template: 'quote-in-string',
    };
    if (inner[0] !== undefined)
      yield {
        edits: [insert(inner[0], '\\')],
        weight: 0.85,
        summary: `escape the ${quote} inside the string`,
        template: 'quote-in-string',
      };
  }
}

const CURLY: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '´': "'",
  '＂': '"',
  '＇': "'",
};
const WIDE: Readonly<Record<string, string>> = {
  ...CURLY,
  '，': ',',
  '；': ';',
  '：': ':',
  '（': '(',
  '）': ')',
  '＝': '=',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!==',
};

/** Characters of a word processor or an input method where code wants ASCII; those inside strings stay. */
export function* foreignCharacters({ tokens, text }: Site): Generator<Draft> {
  const strange = tokens.filter((token) => token.type === 'Invalid');
  const edits = strange.flatMap((token) => (WIDE[token.value] ? [replace(token, WIDE[token.value] as string)] : []));
  if (edits.length > 0) yield { edits, weight: 0.97, summary: 'use ASCII signs for the typographic ones', template: 'foreign-character' };
  // With curly quotes as delimiters the words between are tokens, too: replace every such quote of the text.
  if (strange.some((token) => CURLY[token.value])) {
    const all = [...text.matchAll(/[“”„‘’‚´＂＇]/g)]
      .slice(0, 2000)
      .map(({ index, 0: c }) => replace({ start: index, end: index + 1 }, CURLY[c] as string));
    yield { edits: all, weight: 0.96, summary: 'use straight quotes', template: 'foreign-character' };
  }
  for (const token of strange.slice(0, 5))
    yield { edits: [replace(token, '')], weight: 0.7, summary: `remove ${short(token.value)}`, template: 'stray-token' };
}
