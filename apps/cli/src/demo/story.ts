/** What a person reads while the demo runs: one short line for each thing that happens. */
import { describeEvent, type HealingTrace } from '@selfheal/contracts';
import type { Fault } from '@selfheal/stack';
import type { BreakListener } from '../heal/break-and-heal.js';
import { figuresOf, STAGES } from '../heal/figures.js';
import { colouredDiff } from '../output/diff.js';
import { printable } from '../output/printable.js';
import type { Screen } from '../output/screen.js';
import { table } from '../output/table.js';

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

export const upLine = ({ colours }: Screen, part: string, ms: number, detail: string): string =>
  `  ${colours.green('✓')} ${part.padEnd(12)} ${inSeconds(ms).padStart(7)}${detail && `   ${colours.dim(detail)}`}`;

/** How many progress lines of a step are shown; the UI shows them all. */
const LOG_LINES = 5;

/** Tells a heal as it goes. Times count from the failing request. */
export function narrator(screen: Screen, fault: Fault, now: () => number = () => performance.now()): BreakListener {
  const { colours, line } = screen;
  let from = now();
  let logs = 0;
  const stamp = () => colours.dim(`+${inSeconds(now() - from)}`.padStart(9));
  return {
    deployed: (revision) => {
      line();
      line(colours.bold(`Breaking the shop: ${fault.title}`));
      line(`  a bad deploy is live (${revision.slice(0, 10)}); sending ${fault.request.method} ${printable(fault.request.path)}`);
      from = now();
    },
    failed: ({ status }) => line(`  it answered ${status}${fault.detect === 'probe' ? '; a synthetic probe found the answer wrong' : ''}`),
    event: ({ event }) => {
      if (logs > LOG_LINES) line(colours.dim(`${stamp()}    … ${logs - LOG_LINES} more lines`));
      logs = 0;
      line(`${stamp()}  ${colours.cyan(event.type.padEnd(22))} ${printable(describeEvent(event), 110)}`);
    },
    log: ({ service, line: text }) => {
      logs += 1;
      if (logs <= LOG_LINES) line(colours.dim(`${stamp()}    ${service}: ${printable(text, 120)}`));
    },
  };
}

/** How a heal ended: verdict, diff, figures. */
export function summaryLines(screen: Screen, trace: HealingTrace): string[] {
  const { colours } = screen;
  const figures = figuresOf(trace);
  const healed = trace.status === 'HEALED';
  const head = healed
    ? colours.green(colours.bold(`HEALED in ${inSeconds(trace.total_ms)}`))
    : colours.red(colours.bold(`${trace.status} after ${inSeconds(trace.total_ms)}: ${printable(trace.reason ?? '', 400)}`));
  const change = trace.code_change;
  const rows = [
    ['stage', 'ms'],
    ...STAGES.map((stage): (string | number)[] => [stage, figures[`${stage}_ms`]]),
    ['total', figures.total_ms],
  ];
  return [
    '',
    head,
    `  trace ${trace.trace_id}`,
    ...(trace.cause
      ? [`  cause ${printable(trace.cause.summary, 160)}`, `  playbook ${trace.cause.playbook}, engine ${trace.cause.engine}`]
      : []),
    ...(change ? ['', ...colouredDiff(change.diff, screen).map((text) => `  ${text}`)] : []),
    ...(change?.rolled_back ? ['  (rolled back)'] : []),
    '',
    ...table(rows).map((row) => `  ${row}`),
  ];
}

/** One row for each heal of `--all`. */
export const allLines = (heals: readonly { readonly fault: Fault; readonly trace?: HealingTrace; readonly error?: string }[]): string[] =>
  table([
    ['fault', 'status', 'playbook', 'patch', 'total ms', 'reason'],
    ...heals.map(({ fault, trace, error }) => [
      fault.name,
      trace?.status ?? 'FAILED',
      trace?.cause?.playbook ?? '-',
      trace?.code_change ? `${trace.code_change.loc} lines` : '-',
      trace?.total_ms ?? 0,
      printable(trace?.status === 'HEALED' ? '' : (trace?.reason ?? error ?? ''), 80),
    ]),
  ]);
