import type { TestError } from '../../oracle/oracle.js';

const HEADER = /^\s*(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception))(?: \[(\w+)\])?(?:: ([^\n]*))?$/;
const FRAME = /^\s+at \S/;
const MAX_MESSAGE_LINES = 60;
const MAX_ERRORS = 50;

/** Errors with their stacks as Node prints them: `Name: message`, more lines of the message, `    at …` lines. */
export function parseV8Stacks(text: string): TestError[] {
  const lines = text.split('\n');
  const found: TestError[] = [];
  for (let index = 0; index < lines.length && found.length < MAX_ERRORS; index++) {
    if (!FRAME.test(lines[index] ?? '')) continue;
    let end = index;
    while (end < lines.length && FRAME.test(lines[end] ?? '')) end++;
    const start = headerAbove(lines, index);
    if (start !== undefined) found.push(errorOf(lines, start, index, end));
    index = end;
  }
  return found;
}

function headerAbove(lines: readonly string[], frame: number): number | undefined {
  for (let at = frame - 1; at >= Math.max(0, frame - MAX_MESSAGE_LINES); at--) {
    const line = lines[at] ?? '';
    if (FRAME.test(line)) return undefined;
    if (HEADER.test(line)) return at;
  }
  return undefined;
}

function errorOf(lines: readonly string[], start: number, frames: number, end: number): TestError {
  const [, name = 'Error', code, first = ''] = HEADER.exec(lines[start] ?? '') ?? [];
  return {
    name: code === 'ERR_ASSERTION' ? 'AssertionError' : name,
    message: [first, ...lines.slice(start + 1, frames)].join('\n').trim().slice(0, 4000),
    stack: lines.slice(start, end).join('\n').slice(0, 16000),
  };
}
