import { printable } from '../output/printable.js';
import type { Screen } from '../output/screen.js';
import { table } from '../output/table.js';
import type { CaseResult, CaseStatus } from './case.js';
import type { FixFigures } from './figures.js';
import { diagram, percent } from './reliability.js';

const PAINT = { correct: 'green', wrong: 'red', abstained: 'yellow', error: 'magenta' } as const satisfies Record<CaseStatus, string>;

/** One case as a line. */
export function caseLine(result: CaseResult, { colours }: Screen): string {
  const { status, seconds, candidates, confidence, playbook, template, reason, pattern, message } = result;
  const by = [playbook, template].filter((part) => part !== null);
  const why = status === 'error' ? message : [by.join(' / ') || reason, `bug: ${pattern}`].filter(Boolean).join(', ');
  const cells = [
    colours[PAINT[status]](status.padEnd(9)),
    printable(result.case).padEnd(36),
    `${seconds.toFixed(1)} s`.padStart(7),
    `${candidates} tried`.padStart(12),
    (confidence === null ? '' : percent(confidence)).padStart(5),
    printable(why),
  ];
  return cells.join('  ').trimEnd();
}

/** The figures of a suite, or of all, for people. */
export function figureLines(name: string, figures: FixFigures): string[] {
  const { total, correct, wrong, abstained, error, median_seconds, p95_seconds, median_candidates, by_class, reliability } = figures;
  const share = (n: number) => `${n} (${percent(n / Math.max(1, total)).trim()})`;
  const classes = by_class.map((of) => [printable(of.pattern, 40), of.total, of.correct, of.wrong, of.abstained, of.error]);
  return [
    '',
    `${printable(name)}: ${total} cases, correct ${share(correct)}, wrong ${share(wrong)}, abstained ${share(abstained)}, errors ${share(error)}`,
    `  seconds a case: median ${fixed(median_seconds)}, p95 ${fixed(p95_seconds)}; candidates: median ${median_candidates ?? '-'}`,
    ...table([['bug', 'cases', 'correct', 'wrong', 'abstained', 'error'], ...classes]).map((row) => `  ${row}`),
    '  confidence, and the share that was right:',
    ...diagram(reliability).map((row) => `  ${row}`),
  ];
}

const fixed = (seconds: number | null): string => (seconds === null ? '-' : seconds.toFixed(1));
