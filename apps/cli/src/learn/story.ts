import type { Overview } from '@selfheal/repair';
import { printable } from '../output/printable.js';
import type { Screen } from '../output/screen.js';
import { table } from '../output/table.js';

/** So many of each list are shown; `--json` has all. */
const SHOWN = 12;

/** What a repository's heals taught, for people. Texts of the target are made safe for a terminal. */
export function learnStory(overview: Overview, path: string, { colours }: Pick<Screen, 'colours'>): string[] {
  if (overview.records === 0) {
    return [
      'Nothing is known of this repository yet.',
      'Each `selfheal fix` whose patch is applied is remembered: its fix is tried first when the failure comes back,',
      'two fixes of one shape become a template, and what succeeds here is tried earlier.',
    ];
  }
  const { templates, mined, fixes } = overview;
  const head = (text: string) => ['', colours.bold(text)];
  const change = (before: string, after: string) => `${colours.red(printable(before, 70))} → ${colours.green(printable(after, 90))}`;
  return [
    `${overview.records} attempts are remembered, ${overview.proven} of them proven and applied, in ${printable(path, 400)}`,
    ...head('By template'),
    ...table([
      ['template', 'proven', 'failed', 'rate', 'rank'],
      ...templates
        .slice(0, SHOWN)
        .map(({ name, proven, failed, rate, rank }) => [
          printable(name, 50),
          proven,
          failed,
          `${Math.round(rate * 100)} %`,
          `× ${rank.toFixed(2)}`,
        ]),
    ]),
    ...more(templates.length),
    ...head('Templates mined from repeated fixes'),
    ...(mined.length > 0
      ? mined.slice(0, SHOWN).map(({ before, after, support }) => `  ${support} fixes  ${change(before, after)}`)
      : ['  none yet: it takes two fixes of one shape']),
    ...more(mined.length),
    ...head('Fixes that are tried first when their failure comes back'),
    ...(fixes.length > 0 ? [] : ['  none yet: no fix was small enough to have a shape']),
    ...fixes
      .slice(0, SHOWN)
      .flatMap(({ at, template, path: file, function: name, before, after }) => [
        `  ${at.slice(0, 10)}  ${printable(file, 100)}${name ? ` ${printable(name, 50)}` : ''}  [${printable(template, 50)}]`,
        `              ${change(before, after)}`,
      ]),
    ...more(fixes.length),
  ];
}

const more = (count: number): string[] => (count > SHOWN ? [`  and ${count - SHOWN} more: --json has all`] : []);
