import { insert, replace } from '../../edits.js';
import { type Draft, lineAt, type Site, short } from '../site.js';
import { isName, isWord, type Token } from '../tokens.js';

/** Index of the bracket that closes the one at `open`, or nothing. */
export function closerOf(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < Math.min(tokens.length, open + 400); i++) {
    const { value } = tokens[i] as Token;
    if (value === '(' || value === '[' || value === '{') depth++;
    else if ((value === ')' || value === ']' || value === '}') && --depth === 0) return i;
  }
  return undefined;
}

/** `if x > 3 {`: a condition without its parentheses, as in Go, Rust, Swift and Python. */
export function* bareConditions({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    const [token, next] = [tokens[i] as Token, tokens[i + 1]];
    if (!['if', 'while', 'for', 'switch', 'catch'].includes(token.value) || !next) continue;
    for (let j = i + 1; j < Math.min(tokens.length, i + 40); j++) {
      const end = tokens[j] as Token;
      const stops = end.value === '{' || end.value === ':' || (end.leads && j > i + 1);
      if (!stops) continue;
      const before = tokens[j - 1] as Token;
      const edits = [insert(next.start, '('), insert(before.end, ')'), ...(end.value === ':' ? [replace(end, ' {')] : [])];
      yield { edits, weight: 0.85, summary: `put the condition of ${token.value} in parentheses`, template: 'bare-condition' };
      break;
    }
  }
}

/** `for (let i = 0, i < n, i++)` and a header with a part too few. */
export function* forHeaders({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    if (tokens[i]?.value !== 'for' || tokens[i + 1]?.value !== '(') continue;
    const close = closerOf(tokens, i + 1);
    if (close === undefined) continue;
    const [commas, semicolons]: [Token[], Token[]] = [[], []];
    let depth = 0;
    for (const token of tokens.slice(i + 1, close)) {
      if ('([{'.includes(token.value)) depth++;
      else if (')]}'.includes(token.value)) depth--;
      else if (depth === 1 && token.value === ',') commas.push(token);
      else if (depth === 1 && token.value === ';') semicolons.push(token);
    }
    const missing = 2 - semicolons.length;
    if (missing > 0 && commas.length >= missing)
      for (const chosen of [commas.slice(-missing), commas.slice(0, missing)])
        yield {
          edits: chosen.map((comma) => replace(comma, ';')),
          weight: 0.92,
          summary: 'separate the parts of the for header with ;',
          template: 'for-header',
        };
    const name = ['let', 'var', 'const'].includes(tokens[i + 2]?.value ?? '') ? tokens[i + 3] : tokens[i + 2];
    const end = tokens[close] as Token;
    if (missing === 1)
      for (const step of isName(name) ? [`; ${name.value}++`, ';', `; ${name.value}--`] : [';'])
        yield {
          edits: [insert(end.start, step)],
          weight: step === ';' ? 0.6 : 0.8,
          summary: `add ${step.slice(2) || 'the last ;'} to the for header`,
          template: 'for-header',
        };
  }
}

/** `x, y => x + y` without parentheses around the parameters. */
export function* arrowParameters({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    if (tokens[i]?.value !== '=>') continue;
    let first = i - 1;
    while (first > 1 && isName(tokens[first]) && tokens[first - 1]?.value === ',' && isName(tokens[first - 2])) first -= 2;
    const [from, to] = [tokens[first], tokens[i - 1]];
    if (from && to && first < i - 1)
      yield {
        edits: [insert(from.start, '('), insert(to.end, ')')],
        weight: 0.94,
        summary: 'put the parameters in parentheses',
        template: 'arrow-parameters',
      };
    yield {
      edits: [insert((tokens[i] as Token).start, '() ')],
      weight: 0.4,
      summary: 'add an empty parameter list',
      template: 'arrow-parameters',
    };
  }
}

/** A token that should not be there. */
export function* strayTokens({ tokens, near, at }: Site): Generator<Draft> {
  for (const i of near) {
    const [token, next] = [tokens[i] as Token, tokens[i + 1]];
    const weight = (i === at || i + 1 === at ? 0.6 : 0.4) * (token.type === 'Punctuator' || token.value === next?.value ? 1 : 0.7);
    yield { edits: [replace(token, '')], weight, summary: `remove ${short(token.value)}`, template: 'stray-token' };
    if (next && next.line === token.line)
      yield {
        edits: [replace({ start: token.start, end: next.end }, '')],
        weight: weight * 0.5,
        summary: `remove ${short(`${token.value} ${next.value}`)}`,
        template: 'stray-token',
      };
  }
}

/** A line that should not be there, or that is prose without a comment sign. */
export function* strayLines({ tokens, near, text, fault }: Site): Generator<Draft> {
  const lines = new Set(
    [...near.map((i) => tokens[i]?.start ?? 0), fault.start].map((at) => lineAt(text, Math.min(at, text.length)).start),
  );
  const here = lineAt(text, Math.min(fault.start, text.length)).start;
  for (const start of lines) {
    const { end } = lineAt(text, start);
    const line = text.slice(start, end);
    if (line.trim() === '' || line.length > 2000) continue;
    const words = tokens.filter((token) => token.start >= start && token.end <= end);
    const prose = words.length >= 3 && words.filter((token, i) => isWord(token) && isWord(words[i + 1])).length >= words.length / 2;
    const first = start + (line.length - line.trimStart().length);
    const place = start === here ? 1 : 0.6;
    if (prose)
      yield { edits: [insert(first, '// ')], weight: 0.9 * place, summary: `make a comment of ${short(line)}`, template: 'prose-line' };
    yield* trailingProse(words, place);
    if (line.trimStart().startsWith('#'))
      yield {
        edits: [replace({ start: first, end: first + 1 }, '//')],
        weight: 0.95,
        summary: 'comments begin with //',
        template: 'foreign-comment',
      };
    yield { edits: [replace({ start, end }, '')], weight: 0.35 * place, summary: `remove the line ${short(line)}`, template: 'stray-line' };
  }
}

/** Words after the end of a statement: a comment that lost its sign. */
function* trailingProse(words: readonly Token[], place: number): Generator<Draft> {
  for (const [i, word] of words.entries()) {
    const before = words[i - 1];
    const rest = words.slice(i);
    if (!before || !isWord(word) || ![';', ')', '}', ','].includes(before.value) || !word.spaced || rest.length < 2) continue;
    const prose = rest.filter((token, j) => isWord(token) && isWord(rest[j + 1])).length / rest.length;
    yield {
      edits: [insert(word.start, '// ')],
      weight: (prose >= 0.4 ? 0.92 : 0.3) * place,
      summary: `make a comment of ${short(word.value)}...`,
      template: 'prose-line',
    };
    return;
  }
}

/** A block comment without its end, or an end without a beginning. */
export function* brokenComments({ comments, text, tokens, near }: Site): Generator<Draft> {
  const open = comments.find((comment) => comment.type === 'MultiLineComment' && !comment.closed);
  if (open) {
    const lines = [...open.value.matchAll(/\n/g)].slice(0, 30);
    const first = open.start + open.value.search(/\n|$/);
    yield { edits: [insert(first, ' */')], weight: 0.85, summary: 'end the comment on its line', template: 'unclosed-comment' };
    for (const { index } of lines) {
      const next = text.slice(open.start + index + 1, open.start + index + 200);
      if (/^[ \t]*\*/.test(next)) continue;
      yield {
        edits: [insert(open.start + index, ' */')],
        weight: 0.9,
        summary: 'end the comment where its lines end',
        template: 'unclosed-comment',
      };
      break;
    }
  }
  for (const i of near) {
    const [star, slash] = [tokens[i], tokens[i + 1]];
    const torn = star?.value === '*' && slash?.value.startsWith('/') && star.end === slash.start;
    if (!torn || !star) continue;
    yield {
      edits: [replace({ start: star.start, end: star.end + 1 }, '')],
      weight: 0.7,
      summary: 'remove the end of a comment that has no beginning',
      template: 'unopened-comment',
    };
    const before = text.slice(0, star.start).split('\n');
    for (let back = 1; back <= Math.min(10, before.length); back++) {
      const at = before.slice(0, before.length - back + 1).join('\n').length - (before[before.length - back]?.length ?? 0);
      yield { edits: [insert(at, '/*')], weight: 0.6 - 0.02 * back, summary: 'begin the comment', template: 'unopened-comment' };
    }
  }
}

/** `try` without `catch`: it gets a `finally`, which keeps its meaning. */
export function* bareTry({ tokens, at }: Site): Generator<Draft> {
  for (let i = Math.min(at, tokens.length) - 1; i >= Math.max(0, at - 400); i--) {
    if (tokens[i]?.value !== 'try' || tokens[i + 1]?.value !== '{') continue;
    const close = closerOf(tokens, i + 1);
    const end = close === undefined ? undefined : tokens[close];
    if (end && close === at - 1)
      yield { edits: [insert(end.end, ' finally {}')], weight: 0.6, summary: 'end the try with finally', template: 'bare-try' };
  }
}

/** `a // b` meant as a division without rest: inside parentheses it swallows the end of the line. */
export function* floorDivision({ comments, tokens, fault, text }: Site): Generator<Draft> {
  for (const comment of comments) {
    if (comment.type !== 'SingleLineComment' || comment.leads || comment.start > fault.start + 200 || comment.start < fault.start - 400)
      continue;
    const right = /^\/\/\s*([\w$.]+|\([^()]*\))/.exec(comment.value);
    const left = tokens.findLast((token) => token.end <= comment.start);
    if (!right || !left || left.line !== comment.line) continue;
    const from = /[\w$.]+(?:\[[^\]]*\])?$/.exec(text.slice(Math.max(0, left.end - 200), left.end))?.[0] ?? '';
    if (from === '') continue;
    yield {
      edits: [replace({ start: left.end - from.length, end: comment.start + right[0].length }, `Math.floor(${from} / ${right[1]})`)],
      weight: 0.8,
      summary: 'divide and round down',
      template: 'floor-division',
    };
  }
}
