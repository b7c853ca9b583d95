import type { TestError } from '../../oracle/oracle.js';
import { diagnostic, MAX_DIAGNOSTICS } from './diagnostic.js';

/** `src/a.ts:3:5 lint/style/useConst  FIXABLE  ━━━━`, and some lines below `  × the message`. */
const HEAD = /^(\S[^:\n]*):(\d+):(\d+) ((?:lint|parse|assist|suppressions)(?:\/[\w/]+)?) .*━+$/;

export function parseBiome(text: string): TestError[] {
  const lines = text.split('\n');
  const found: TestError[] = [];
  for (const [index, line] of lines.entries()) {
    const head = HEAD.exec(line);
    if (!head) continue;
    const message = lines.slice(index + 1, index + 5).find((next) => /^\s*[×✖]/.test(next));
    // `!` and `i` are a warning and a hint: those do not fail a run.
    if (message === undefined) continue;
    const [, file = '', at = '', column = '', rule = ''] = head;
    found.push(diagnostic('LintError', file, at, column, `${message.replace(/^\s*[×✖]\s*/, '')} (${rule})`));
    if (found.length >= MAX_DIAGNOSTICS) break;
  }
  return found;
}
