import { type Edit, replace } from '../../edits.js';
import type { Draft, Site } from '../site.js';

interface Region {
  readonly start: number;
  readonly end: number;
  readonly ours: string;
  readonly theirs: string;
}

const MAX_REGIONS = 200;

/** Markers of a merge that was not finished (git's `<<<<<<<`, diff3's `|||||||`): one side is kept everywhere, or both. */
export function* conflictMarkers({ text }: Site): Generator<Draft> {
  if (!/^(?:<{7}|>{7})/m.test(text)) return;
  const { regions, markers } = regionsOf(text);
  const keep = (choose: (region: Region) => string): Edit[] => regions.map((region) => replace(region, choose(region)));
  if (regions.length > 0) {
    yield { edits: keep(({ ours }) => ours), weight: 0.97, summary: 'finish the merge: keep our side', template: 'merge-conflict' };
    yield { edits: keep(({ theirs }) => theirs), weight: 0.96, summary: 'finish the merge: keep their side', template: 'merge-conflict' };
    yield {
      edits: keep(({ ours, theirs }) => ours + theirs),
      weight: 0.9,
      summary: 'finish the merge: keep both sides',
      template: 'merge-conflict',
    };
  }
  yield { edits: markers, weight: 0.8, summary: 'remove the conflict markers', template: 'merge-conflict' };
}

/** One pass over the lines; a region without its end is none. */
function regionsOf(text: string): { regions: Region[]; markers: Edit[] } {
  const [regions, markers]: [Region[], Edit[]] = [[], []];
  let [start, side, ours, theirs] = [-1, '', '', ''];
  for (let at = 0; at < text.length && markers.length < 4 * MAX_REGIONS; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next + 1;
    const mark = /^(<{7}|\|{7}|={7}|>{7})(?:\s|$)/.exec(text.slice(at, at + 8))?.[1]?.[0];
    if (mark) markers.push(replace({ start: at, end }, ''));
    if (mark === '<') [start, side, ours, theirs] = [at, '<', '', ''];
    else if (mark === '>' && side === '=') {
      if (regions.length < MAX_REGIONS) regions.push({ start, end, ours, theirs });
      side = '';
    } else if (mark && side !== '') side = mark;
    else if (side === '<') ours += text.slice(at, end);
    else if (side === '=') theirs += text.slice(at, end);
    at = end;
  }
  return { regions, markers };
}
