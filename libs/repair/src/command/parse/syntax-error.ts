import type { TestError } from '../../oracle/oracle.js';

/** `file:line`, the line, carets below it, an empty line, the error: what Node prints for a file that does not parse. */
const BLOCK =
  /^((?:file:\/\/|\/|[A-Za-z]:\\|\.{0,2}[\w@-])[^\n]*?):(\d+)\n([^\n]*)\n(\s*\^+)[^\n]*\n+(SyntaxError): ([^\n]*)((?:\n\s+at [^\n]*)*)/gm;

/** Syntax errors with the place in the stack: its first lines are the block itself. */
export function parseSyntaxErrors(text: string): TestError[] {
  return [...text.matchAll(BLOCK)].map(([block, , , , , name = '', message = '']) => ({
    name,
    message: message.slice(0, 4000),
    stack: block.slice(0, 16000),
  }));
}
