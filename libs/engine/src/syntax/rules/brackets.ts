import { insert, replace } from '../../edits.js';
import { type Draft, indentAt, type Site } from '../site.js';
import { isWord, type Token } from '../tokens.js';

const CLOSE: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' };
const OPEN: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

interface Opened {
  readonly token: Token;
  readonly index: number;
}

/** Brackets that are open at a token, outermost first; a closing bracket ends the nearest of its kind. */
function openAt({ tokens }: Site, end: number): Opened[] {
  const stack: Opened[] = [];
  for (let index = 0; index < end; index++) {
    const token = tokens[index] as Token;
    if (token.type === 'TemplateHead') stack.push({ token, index });
    else if (token.type === 'TemplateTail') stack.splice(lastOf(stack, 'TemplateHead'));
    else if (token.type !== 'Punctuator' && token.type !== 'JSXPunctuator') continue;
    else if (CLOSE[token.value]) stack.push({ token, index });
    else if (OPEN[token.value]) stack.splice(lastOf(stack, OPEN[token.value] as string));
  }
  return stack;
}

function lastOf(stack: readonly Opened[], what: string): number {
  const at = stack.findLastIndex(({ token }) => token.value === what || token.type === what);
  return at < 0 ? stack.length : at;
}

const closerOf = (token: Token): string => (token.type === 'TemplateHead' ? '}' : (CLOSE[token.value] as string));

/** A closing bracket that is missing: after each token since the bracket was opened, nearest to the error first. */
export function* missingClosers(site: Site): Generator<Draft> {
  const { tokens, at, text } = site;
  const open = openAt(site, at);
  const everything = openAt(site, tokens.length);
  const candidates = [...new Set([...open.slice(-4).reverse(), ...everything.slice(-4).reverse()])].filter(
    (one, i, all) => all.findIndex((other) => other.index === one.index) === i,
  );
  for (const [rank, { token, index }] of candidates.slice(0, 6).entries()) {
    const closer = closerOf(token);
    const named = site.fault.related.includes(token.start);
    const worth = (named ? 1 : 0.9) * 0.95 ** rank;
    if (token.value === '{') yield* missingBraces(site, token, index, worth);
    const last = Math.min(tokens.length, Math.max(at, index + 1) + 3, index + 60);
    for (let i = Math.max(index, last - 40); i < last; i++) {
      const [before, after] = [tokens[i] as Token, tokens[i + 1]];
      // Where a line or a list item ends, or a block begins, people end an argument list.
      const stops = after === undefined || after.leads || [';', ',', '{', '}', ')', ']', '=>', '?', ':'].includes(after.value);
      const here = i + 1 === at ? 1 : i + 1 > at ? 0.75 : 0.8;
      yield {
        edits: [insert(before.end, closer)],
        weight: worth * here * (stops ? 0.93 : 0.6) * (token.value === '{' ? 0.8 : 1),
        summary: `add the missing ${closer}`,
        template: 'missing-closing-bracket',
      };
    }
  }
  if (open.length > 1 && at === tokens.length) {
    const all = [...open]
      .reverse()
      .slice(0, 8)
      .map(({ token }) => closerOf(token));
    yield {
      edits: [insert(text.trimEnd().length, all.join(''))],
      weight: 0.6,
      summary: `close what is open at the end: ${all.join('')}`,
      template: 'missing-closing-bracket',
    };
  }
}

/** A block's `}` on a line of its own, before each line that stands no further in than the line that opened the block. */
function* missingBraces({ text, tokens }: Site, open: Token, index: number, worth: number): Generator<Draft> {
  const indent = indentAt(text, open.start);
  let found = 0;
  for (let i = index + 1; i <= tokens.length && found < 24; i++) {
    const [before, token] = [tokens[i - 1] as Token, tokens[i]];
    if (token && !token.leads) continue;
    const further = token !== undefined && indentAt(text, token.start).length > indent.length;
    if (further) continue;
    found++;
    // `} else {` and `});` take the brace on their own line.
    const joins = token !== undefined && [')', 'else', 'catch', 'finally', ']', ',', ';'].includes(token.value);
    yield {
      edits: [joins ? insert(token.start, token.value === 'else' ? '} ' : '}') : insert(before.end, `\n${indent}}`)],
      weight: worth * (0.97 - 0.02 * found),
      summary: `close the block of line ${open.line + 1} with }`,
      template: 'missing-closing-brace',
    };
  }
}

/** Tokens that are looked at in all to find where blocks end. */
const MAX_STEPS = 3_000_000;

/**
 * Blocks whose indentation says where they end although no brace does: the brackets alone would blame an outer block. A line
 * that stands no further in than the block's header, and is not the block's own `}`, ends it.
 */
export function* blocksByIndent({ tokens, text, fault }: Site): Generator<Draft> {
  let [found, steps] = [0, 0];
  for (let i = 0; i < tokens.length && found < 30 && steps < MAX_STEPS; i++) {
    const open = tokens[i] as Token;
    const inside = tokens[i + 1];
    if (open.value !== '{' || open.start > fault.start || !inside?.leads) continue;
    const indent = indentAt(text, open.start);
    if (indentAt(text, inside.start).length <= indent.length) continue;
    let j = i + 2;
    while (j < tokens.length && !(tokens[j]?.leads && indentAt(text, (tokens[j] as Token).start).length <= indent.length)) j++;
    steps += j - i;
    const [before, end] = [tokens[j - 1] as Token, tokens[j]];
    if (end?.value === '}' && indentAt(text, end.start) === indent) continue;
    found++;
    yield {
      edits: [end?.value === 'else' ? insert(end.start, '} ') : insert(before.end, `\n${indent}}`)],
      weight: 0.96,
      summary: `close the block of line ${open.line + 1} with }`,
      template: 'missing-closing-brace',
    };
  }
}

/** A closing bracket too many, or one whose opening bracket is missing. */
export function* missingOpeners(site: Site): Generator<Draft> {
  const { tokens, text } = site;
  for (const i of strayClosers(site).slice(0, 4)) {
    const closer = tokens[i] as Token;
    yield { edits: [replace(closer, '')], weight: 0.8, summary: `remove the ${closer.value} too many`, template: 'stray-bracket' };
    if (closer.leads && tokens[i + 1]?.leads !== false) {
      const from = text.lastIndexOf('\n', closer.start - 1);
      if (from >= 0)
        yield {
          edits: [replace({ start: from, end: closer.end }, '')],
          weight: 0.85,
          summary: `remove the ${closer.value} too many`,
          template: 'stray-bracket',
        };
    }
    const opener = OPEN[closer.value] as string;
    if (opener === '{') yield* missingBlockStarts(site, i);
    else yield* splitNames(site, opener, i);
    for (let j = i; j >= Math.max(0, i - 24); j--) {
      const token = tokens[j] as Token;
      if (token.line < closer.line - 3) break;
      const before = tokens[j - 1];
      const called = before?.type === 'IdentifierName' || before?.value === ')';
      yield {
        edits: [insert(token.start, opener)],
        weight:
          (called ? 0.9 : ['=', '(', ',', 'return', '+', '&&', '||', '!'].includes(before?.value ?? '') ? 0.85 : 0.4) - 0.01 * (i - j),
        summary: `add the missing ${opener}`,
        template: 'missing-opening-bracket',
      };
    }
  }
}

/** Indexes of closing brackets that close nothing, those near the error first. */
function strayClosers({ tokens, at }: Site): number[] {
  const stack: string[] = [];
  const stray: number[] = [];
  for (const [i, token] of tokens.entries()) {
    if (token.type !== 'Punctuator' && token.type !== 'JSXPunctuator') continue;
    if (CLOSE[token.value]) stack.push(token.value);
    const opener = OPEN[token.value];
    if (!opener) continue;
    if (stack.at(-1) === opener) stack.pop();
    else if (stray.length < 50) stray.push(i);
  }
  const here = tokens[at];
  if (here && OPEN[here.value] && !stray.includes(at)) stray.push(at);
  return stray.sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
}

/** A `{` at the end of a header that has none: `if (x)`, `else`, `function f()`, `=>`, `class A`, before lines that stand further in. */
function* missingBlockStarts({ tokens, text }: Site, closer: number): Generator<Draft> {
  let found = 0;
  for (let i = Math.min(closer, tokens.length) - 1; i > 0 && found < 16; i--) {
    const [token, next] = [tokens[i] as Token, tokens[i + 1]];
    if (next !== undefined && !next.leads) continue;
    const deeper = next !== undefined && indentAt(text, next.start).length > indentAt(text, token.start).length;
    const header = ['else', 'try', 'finally', 'do', '=>'].includes(token.value) || (deeper && (token.value === ')' || isWord(token)));
    if (!header) continue;
    found++;
    yield {
      edits: [insert(token.end, ' {')],
      weight: (deeper ? 0.92 : 0.6) - 0.02 * found,
      summary: `open the block at the end of line ${token.line + 1}`,
      template: 'missing-opening-brace',
    };
  }
}

/** `t1]` for `t[1]`, `push(l` torn to `pushl`: a bracket lost inside what now looks like one name, if its halves are known. */
function* splitNames({ tokens }: Site, opener: string, closer: number): Generator<Draft> {
  const known = new Set(tokens.filter(isWord).map(({ value }) => value));
  for (let j = closer - 1; j >= Math.max(0, closer - 12); j--) {
    const token = tokens[j] as Token;
    if (!isWord(token) || token.line !== tokens[closer]?.line || token.value.length > 64) continue;
    for (let cut = 1; cut < token.value.length; cut++) {
      const [left, right] = [token.value.slice(0, cut), token.value.slice(cut)];
      if (!known.has(left) && !known.has(right)) continue;
      const both = known.has(left) && (known.has(right) || /^\d+$/.test(right));
      yield {
        edits: [insert(token.start + cut, opener)],
        weight: (both ? 0.9 : 0.5) - 0.01 * (closer - j),
        summary: `add the missing ${opener} in ${token.value.slice(0, 40)}`,
        template: 'missing-opening-bracket',
      };
    }
  }
}

/** A bracket of the wrong kind, such as `(a]` or `[1, 2)`. */
export function* wrongBrackets({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    const token = tokens[i] as Token;
    if (token.type !== 'Punctuator') continue;
    const kinds = OPEN[token.value] ? [')', ']', '}'] : CLOSE[token.value] ? ['(', '[', '{'] : [];
    for (const kind of kinds)
      if (kind !== token.value)
        yield { edits: [replace(token, kind)], weight: 0.7, summary: `${kind} instead of ${token.value}`, template: 'wrong-bracket' };
  }
}
