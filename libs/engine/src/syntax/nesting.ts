/**
 * Levels of nesting past which a text is not given to the parser: it is native and recursive, and some 5,000 levels end the
 * process instead of the parse. Code written by people stays under 50, generated code under some hundreds.
 */
export const MAX_NESTING = 1000;

/** Chains (`a => b =>`, `a ? b : c ?`, `a = b =`, `else if`, `A<B<`) recurse too, each link with less stack than a bracket. */
const LINK = 1 / 4;
/** Literals and comments shorter than this cannot hide a dangerous number of brackets, whatever they really are. */
const LONG = 1000;

const TOKENS =
  /\\.|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*|[([{]|[)\]}]|=>|[=!]==?|[<>]=|=|\?|[;,]|(?<![=?:>])\n(?!\s*[?:=])|<\/|\/>|<(?=[A-Za-z])|\b(?:else|new|while|for|function|class)\b/g;

/** Whether the parser can be given the text without danger to the process. */
export const isParsable = (text: string): boolean => nestingDepth(text) <= MAX_NESTING;

/**
 * How deep a text nests, about: open brackets (of templates, too) and the longest chain of what the parser recurses into. One
 * pass over the text, no parse; at most a few milliseconds a megabyte.
 */
export function nestingDepth(text: string): number {
  let [deepest, depth, run, angles, elses] = [0, 0, 0, 0, 0];
  for (const [token] of text.matchAll(TOKENS)) {
    switch (token) {
      case '(':
      case '[':
      case '{':
        depth++;
        break;
      case ')':
      case ']':
      case '}':
        if (depth > 0) depth--;
        break;
      case '=>':
        elses = 0;
        run++;
        break;
      case '=':
      case '?':
      case 'new':
      case 'while':
      case 'for':
        run++;
        break;
      case 'else':
        elses++;
        break;
      case 'function':
      case 'class':
        elses = 0;
        break;
      case '<':
        angles++;
        break;
      case '</':
      case '/>':
        if (angles > 0) angles--;
        break;
      case ';':
      case ',':
      case '\n':
        run = 0;
        if (token === ';') angles = 0;
        break;
      default:
        if (token.length > LONG) deepest = Math.max(deepest, depth + netOpened(token));
    }
    deepest = Math.max(deepest, depth + (run + angles + elses) * LINK);
  }
  return Math.ceil(deepest);
}

/** Brackets opened and not closed in a stretch that may or may not be code. */
function netOpened(text: string): number {
  let [open, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    open += '([{'.includes(bracket) ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
}
