import type { FixReport } from '@selfheal/repair';
import { colouredDiff } from '../output/diff.js';
import { printable, printableLines } from '../output/printable.js';
import type { Screen } from '../output/screen.js';

/** What became of the patch: in the work tree, only printed (`--dry-run`), or left out, with the reason. */
export type Applied = 'applied' | 'dry_run' | 'none';

const MAX_MESSAGE = 4000;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const place = ({ path, line }: { readonly path: string; readonly line: number }): string => `${printable(path)}:${line}`;

/** The report for people. Texts of the target are made safe for a terminal. */
export function storyOf(report: FixReport, applied: Applied, screen: Screen): string[] {
  const { colours } = screen;
  const lines = report.patch ? ['', ...colouredDiff(report.patch, screen), ''] : [''];
  const message = printableLines(report.message).slice(0, MAX_MESSAGE).trimEnd();
  if (report.status === 'healed') {
    return [...lines, ...facts(report), '', `${colours.green('Healed.')} ${message}`.trimEnd(), ...WHERE[applied]];
  }
  if (report.status === 'passes_already') return [message || 'The command passes: there is nothing to heal.'];
  return [
    ...lines,
    `${colours.red('Not healed')}${report.reason ? ` (${report.reason})` : ''}: ${message}`,
    ...facts(report),
    ...tried(report),
    'The work tree is untouched.',
  ];
}

const WHERE: Record<Applied, string[]> = {
  applied: ['The patch is in the work tree.'],
  dry_run: ['Dry run: the work tree is untouched.'],
  none: [],
};

function facts({ cause, playbook, confidence, candidates_tried, total_ms, engine }: FixReport): string[] {
  const rows = [
    cause && ['cause', `${printable(cause.summary, 400)}${cause.location ? ` (${place(cause.location)})` : ''}`],
    cause && ['category', printable(cause.category)],
    playbook && ['playbook', printable(playbook)],
    confidence !== null && ['confidence', `${Math.round(confidence * 100)} %`],
    ['tried', `${candidates_tried} ${candidates_tried === 1 ? 'candidate' : 'candidates'} in ${seconds(total_ms)}, engine ${engine}`],
  ];
  return rows.flatMap((row) => (row ? [`  ${String(row[0]).padEnd(10)}  ${row[1]}`] : []));
}

function tried({ attempts }: FixReport): string[] {
  if (attempts.length === 0) return [];
  const lines = attempts.slice(0, 10).map(({ summary, template, diff_stat, outcome, reason }) => {
    const why = reason ? `: ${printable(reason)}` : '';
    return `    ${printable(summary)} [${printable(template, 60)}, ${printable(diff_stat, 20)}] ${outcome.replace('_', ' ')}${why}`;
  });
  return ['  What looked right:', ...lines];
}

/** The report for machines: one object of stable names. */
export const jsonOf = (report: FixReport, applied: Applied) => ({
  status: report.status,
  reason: report.reason,
  message: report.message,
  cause: report.cause,
  playbook: report.playbook,
  engine: report.engine,
  confidence: report.confidence,
  candidates_tried: report.candidates_tried,
  total_ms: report.total_ms,
  patch: report.patch,
  applied: applied === 'applied',
  attempts: report.attempts,
});
