import type { TestError } from '../../oracle/oracle.js';
import { diagnostic, MAX_DIAGNOSTICS } from './diagnostic.js';

const FILE = /^(?:[A-Za-z]:)?[^\s:][^:\n]*\.[cm]?[jt]sx?$/;
const STYLISH = /^ {2,}(\d+):(\d+) {2,}error {2,}(.+)$/;
const UNIX = /^([^\s:][^:\n]*):(\d+):(\d+): (.+) \[Error(?:\/(.+))?\]$/;

/** ESLint's errors in its `stylish` and `unix` formats; `rule` ends the message in brackets. Warnings are none. */
export function parseEslint(text: string): TestError[] {
  const found: TestError[] = [];
  let file: string | undefined;
  for (const line of text.split('\n')) {
    if (FILE.test(line)) file = line;
    else if (line.trim() === '') file = undefined;
    const stylish = file === undefined ? null : STYLISH.exec(line);
    const unix = UNIX.exec(line);
    if (stylish && file !== undefined)
      found.push(diagnostic('LintError', file, stylish[1] ?? '', stylish[2] ?? '', withRule(stylish[3] ?? '')));
    else if (unix)
      found.push(diagnostic('LintError', unix[1] ?? '', unix[2] ?? '', unix[3] ?? '', `${unix[4]}${unix[5] ? ` (${unix[5]})` : ''}`));
    if (found.length >= MAX_DIAGNOSTICS) break;
  }
  return found;
}

function withRule(text: string): string {
  const [, message, rule] = /^(.*?) {2,}(\S+)\s*$/.exec(text) ?? [null, text, undefined];
  return rule === undefined ? String(message) : `${message} (${rule})`;
}
