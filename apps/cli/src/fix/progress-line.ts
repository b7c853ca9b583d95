import type { FixProgress } from '@selfheal/repair';
import { printable } from '../output/printable.js';

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
const milliseconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** One step of a heal as a line for people. What comes from the target is made safe for a terminal. */
export function lineOf(event: FixProgress): string {
  switch (event.stage) {
    case 'reproducing':
      return `runs the command (${event.run} of ${event.of})`;
    case 'reproduced':
      return event.flaky ? 'the command is flaky' : `it fails: ${plural(event.failures, 'failure')}, ${milliseconds(event.ms)} a run`;
    case 'localised':
      return localised(event);
    case 'oracle':
      return `candidates run by ${printable(event.name)}, ${event.width} at once${event.perSecond ? `, about ${Math.round(event.perSecond)} a second` : ''}`;
    case 'searching':
      return searching(event);
    case 'plausible':
      return `passes: ${printable(event.summary)} (${printable(event.path)}:${event.line})`;
    case 'proving':
      return `proves ${event.attempt} of ${event.of} by the whole command: ${printable(event.summary)}`;
    case 'proven':
      return 'proven';
    case 'rejected':
      return `rejected: ${printable(event.reason)}`;
    case 'note':
      return printable(event.text);
  }
}

function localised({ files, suspects }: Extract<FixProgress, { stage: 'localised' }>): string {
  const places = suspects
    .slice(0, 3)
    .map(({ path, line, function: name }) => `${printable(path)}:${line}${name ? ` ${printable(name, 60)}` : ''}`);
  return `${plural(suspects.length, 'suspicious place')} in ${plural(files, 'file')}${places.length > 0 ? `: ${places.join(', ')}` : ''}`;
}

function searching({ tried, planned, plausible, operator, elapsedMs }: Extract<FixProgress, { stage: 'searching' }>): string {
  const count = planned === undefined ? `${tried} candidates tried` : `${tried} of ${planned} candidates tried`;
  const found = plausible > 0 ? `, ${plausible} ${plausible === 1 ? 'passes' : 'pass'}` : '';
  return `${count}${found}, ${milliseconds(elapsedMs)}${operator ? ` (${printable(operator, 60)})` : ''}`;
}
