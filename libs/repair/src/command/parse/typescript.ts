import type { TestError } from '../../oracle/oracle.js';
import { diagnostic, MAX_DIAGNOSTICS } from './diagnostic.js';

/** `tsc`, plain (`a.ts(3,5): error TS2322: …`) and pretty (`a.ts:3:5 - error TS2322: …`). Indented lines go on with the message. */
const FINDING = /^([^\s(][^\n(]*?)(?:\((\d+),(\d+)\):|:(\d+):(\d+) -) error (TS\d+: [^\n]*(?:\n {2,}(?!\d)[^\n~]+$)*)/gm;

export function parseTypeScript(text: string): TestError[] {
  return [...text.matchAll(FINDING)]
    .slice(0, MAX_DIAGNOSTICS)
    .map(([, file = '', line, column, prettyLine, prettyColumn, message = '']) =>
      diagnostic('TypeScriptError', file, line ?? prettyLine ?? '1', column ?? prettyColumn ?? '1', message),
    );
}
