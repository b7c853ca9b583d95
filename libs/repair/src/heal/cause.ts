import type { TestError } from '../oracle/oracle.js';
import type { FixCause, Suspect } from '../report.js';
import type { Ranked } from '../search/choose.js';
import type { Codemods } from './codemods.js';

/** The cause as far as it is known: a playbook's diagnosis, what the winner mended, or the failure and its likeliest place. */
export function causeOf(known: {
  readonly winner?: Ranked | undefined;
  readonly codemods: Codemods;
  readonly failures: readonly TestError[];
  readonly suspects: readonly Suspect[];
}): FixCause | undefined {
  const { winner, codemods, failures, suspects } = known;
  const [error] = failures;
  const said = error ? `${error.name}: ${error.message.split('\n', 1)[0] ?? ''}`.slice(0, 300) : '';
  if (winner) {
    const { origin, path, line, summary } = winner.candidate;
    if ((origin === 'playbook' || origin === 'syntax') && codemods.cause) return codemods.cause;
    return { summary: `${said} — ${summary}`, category: 'logic', location: { path, line } };
  }
  if (codemods.cause) return codemods.cause;
  const [suspect] = suspects;
  return said ? { summary: said, category: 'logic', ...(suspect && { location: { path: suspect.path, line: suspect.line } }) } : undefined;
}
