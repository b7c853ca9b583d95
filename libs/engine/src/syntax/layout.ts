import type { Token } from './tokens.js';

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const OPENS = new Set(['(', '[', '{', '${']);

interface Open {
  readonly bracket: string;
  readonly indent: number;
  /** Indentation of the first line inside. */
  inside?: number;
}

/**
 * How often the indentation disagrees with the brackets: a line that stands further out than its block, a closing bracket
 * that is not below what opens it, a line further in than its neighbours without a reason. People indent by meaning, so the repair
 * that agrees most is likeliest what was meant. 0 is perfect.
 */
export function layoutFaults(text: string, tokens: readonly Token[]): number {
  const stack: Open[] = [];
  let [faults, top, previous]: [number, number | undefined, Token | undefined] = [0, undefined, undefined];
  let indent = 0;
  for (const token of tokens) {
    const closes = closedBy(token);
    if (token.leads) {
      indent = columnOf(text, token.start);
      const around = stack.at(-1);
      if (closes) {
        if (around && around.indent !== indent && around.inside !== undefined) faults++;
      } else if (around) {
        if (indent <= around.indent && !isCase(token)) faults++;
        else if (around.inside === undefined) around.inside = indent;
        else if (indent < around.inside) faults++;
        else if (indent > around.inside && endsStatement(previous) && around.bracket === '{') faults++;
      } else {
        top ??= indent;
        if (indent !== top && (endsStatement(previous) || indent < top)) faults++;
      }
    }
    if (closes) {
      if (stack.at(-1)?.bracket === closes) stack.pop();
      else faults += 2;
    }
    const opens = openedBy(token);
    if (opens) stack.push({ bracket: opens, indent });
    previous = token;
  }
  return faults + 2 * stack.length;
}

const openedBy = (token: Token): string | undefined => {
  if (token.type === 'TemplateHead' || token.type === 'TemplateMiddle') return '${';
  return (token.type === 'Punctuator' || token.type === 'JSXPunctuator') && OPENS.has(token.value) ? token.value : undefined;
};

const closedBy = (token: Token): string | undefined => {
  if (token.type === 'TemplateMiddle' || token.type === 'TemplateTail') return '${';
  return token.type === 'Punctuator' || token.type === 'JSXPunctuator' ? CLOSES[token.value] : undefined;
};

const endsStatement = (token: Token | undefined): boolean => token?.value === ';' || token?.value === '}' || token === undefined;
const isCase = (token: Token): boolean => token.value === 'case' || token.value === 'default';

function columnOf(text: string, offset: number): number {
  let column = 0;
  for (let i = text.lastIndexOf('\n', offset - 1) + 1; i < offset; i++) column += text[i] === '\t' ? 4 : 1;
  return column;
}
