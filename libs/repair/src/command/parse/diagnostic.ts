import type { TestError } from '../../oracle/oracle.js';

/** No more of them than this are read from an output. */
export const MAX_DIAGNOSTICS = 200;

/** A compiler's or linter's finding in the form of an error: its place is the only frame of the stack. */
export function diagnostic(name: string, file: string, line: string, column: string, message: string): TestError {
  const text = message.trim().slice(0, 4000);
  return { name, message: text, stack: `${name}: ${text}\n    at ${file.trim()}:${line}:${column}` };
}
