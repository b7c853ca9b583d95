import { parseSync } from 'oxc-parser';
import { isScript } from '../source-file.js';
import { isParsable, MAX_NESTING } from './nesting.js';

/** Why a text does not parse, and where. Offsets are UTF-16 code units. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** Other places that the parser names: where the bracket was opened, where the name was declared before. */
  readonly related: readonly number[];
}

/** The languages that syntax repair knows, by the file's name. */
export const isRepairable = (path: string): boolean => isScript(path) || path.endsWith('.json');

/** In longer texts early errors are not looked for: the parser's time for them grows with the square of their number. */
const MAX_EARLY = 150_000;

/** A CommonJS file may return at its top level. */
const LEGAL = /'return' statement can only be used within a function body/;

/**
 * The syntax errors of a text; empty when it parses. Early errors are among them (a name declared twice, `await` outside async), as
 * for a script that Node refuses to load, unless the file is long. A text that nests deeper than the parser can take is one error.
 */
export function faultsOf(path: string, text: string): Fault[] {
  if (!isParsable(text)) return [{ start: 0, end: 0, message: `nested deeper than ${MAX_NESTING} levels`, related: [] }];
  if (path.endsWith('.json')) return jsonFaults(text);
  const { errors } = parseSync(path, text, {
    sourceType: /\.c[jt]s$/.test(path) ? 'commonjs' : 'unambiguous',
    preserveParens: false,
    showSemanticErrors: text.length <= MAX_EARLY,
  });
  return errors
    .filter(({ severity, message }) => severity === 'Error' && !LEGAL.test(message))
    .map(({ message, labels: [first, ...others] }) => ({
      start: first?.start ?? 0,
      end: first?.end ?? 0,
      message,
      related: others.map(({ start }) => start),
    }));
}

function jsonFaults(text: string): Fault[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    // V8 names no place for most errors: the script parser finds it in what is wrong in JavaScript, too.
    const [first] = faultsOf('data.js', `(${text}\n)`);
    if (first) return [{ ...first, start: Math.max(0, first.start - 1), end: Math.max(0, first.end - 1), related: [] }];
    return [{ start: 0, end: 0, message: error instanceof Error ? error.message : String(error), related: [] }];
  }
}
