/** Examples that people wrote into comments: what a function should answer, said by its author. */
import { parseSync } from 'oxc-parser';
import { isFunction, type Node } from './nodes.js';
import type { SourceFile } from './source-file.js';

/** One example: `name(args)` should be `expected`. Both texts hold literals only, so evaluating them runs nothing. */
export interface DocExample {
  readonly name: string;
  /** The arguments as JavaScript between the parentheses. */
  readonly args: string;
  /** A JavaScript literal. */
  readonly expected: string;
}

const MAX_EXAMPLES = 40;
const MAX_LITERAL = 2000;
/** What stands between a call and its value: `==`, `=>`, `->`, `// returns`, `should be`, or only a new line as in a doctest. */
const BETWEEN =
  /^\s*;?\s*(?:(?:\/\/|#)\s*)?(?:={1,3}>?|[-=]+>|[➞→⇒]|returns?:?|should (?:return|be):?|output:?|:)?\s*(?:(?:\/\/|#)\s*)?(?:=>|returns?:?)?\s*/i;

/** The examples in the comments of a file for functions that it declares, in order. Python's literals are read as JavaScript's. */
export function docExamples(file: SourceFile): DocExample[] {
  const names = declaredFunctions(file);
  const found: DocExample[] = [];
  for (const comment of file.comments) {
    const text = comment.value.replace(/^[ \t]*\*(?!\/)/gm, '').slice(0, 20_000);
    for (const name of names) {
      for (let at = text.indexOf(`${name}(`); at >= 0 && found.length < MAX_EXAMPLES; at = text.indexOf(`${name}(`, at + 1)) {
        if (/[\w$.]/.test(text[at - 1] ?? '')) continue;
        const example = exampleAt(text, at + name.length, name);
        if (example) found.push(example);
      }
    }
  }
  return found;
}

function exampleAt(text: string, open: number, name: string): DocExample | undefined {
  const close = closingParen(text, open);
  if (close === undefined) return undefined;
  const args = asLiterals(text.slice(open + 1, close));
  const rest = text.slice(close + 1);
  const expected = longestLiteral(rest.slice(BETWEEN.exec(rest)?.[0].length ?? 0).split('\n')[0] ?? '');
  return args === undefined || expected === undefined ? undefined : { name, args, expected };
}

/** Where the parenthesis at `open` closes, quotes and other brackets minded. */
function closingParen(text: string, open: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let i = open; i < Math.min(text.length, open + MAX_LITERAL); i++) {
    const char = text[i] as string;
    if (quote) {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && --depth === 0) return char === ')' ? i : undefined;
  }
  return undefined;
}

/** The longest start of the line that is one literal: prose may follow the value. */
function longestLiteral(line: string): string | undefined {
  const text = line.trim().slice(0, MAX_LITERAL);
  for (let end = text.length; end > 0; end = text.slice(0, end).search(/[\s;,.)]+\S*$/)) {
    const literals = asLiterals(text.slice(0, end).replace(/[;,.]+$/, ''));
    if (literals) return literals;
  }
  return undefined;
}

/** The text when it is a list of literals, in JavaScript; nothing else. */
function asLiterals(text: string): string | undefined {
  const script = text
    .replace(/\bTrue\b/g, 'true')
    .replace(/\bFalse\b/g, 'false')
    .replace(/\bNone\b/g, 'null')
    .trim();
  const parsed = parseSync('example.js', `[${script}]`);
  const [statement] = parsed.program.body;
  if (parsed.errors.length > 0 || parsed.program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined;
  return isLiteral(statement.expression) && statement.expression.end === script.length + 2 ? script : undefined;
}

function isLiteral(node: Node): boolean {
  switch (node.type) {
    case 'Literal':
      return true;
    case 'Identifier':
      return node.name === 'undefined' || node.name === 'NaN' || node.name === 'Infinity';
    case 'UnaryExpression':
      return (node.operator === '-' || node.operator === '+') && isLiteral(node.argument);
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && isLiteral(element));
    case 'ObjectExpression':
      return node.properties.every((property) => property.type === 'Property' && !property.computed && isLiteral(property.value));
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    default:
      return false;
  }
}

function declaredFunctions(file: SourceFile): Set<string> {
  const names = new Set<string>();
  for (const node of file.program.body) {
    const declared = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration' ? node.declaration : node;
    if (declared?.type === 'FunctionDeclaration' && declared.id) names.add(declared.id.name);
    if (declared?.type === 'VariableDeclaration')
      for (const { id, init } of declared.declarations) if (id.type === 'Identifier' && isFunction(init ?? undefined)) names.add(id.name);
  }
  return names;
}
