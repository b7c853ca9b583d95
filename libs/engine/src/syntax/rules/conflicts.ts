import { type Edit, replace } from '../../edits.js';
import type { Draft, Site } from '../site.js';

/** Markers of a merge that was not finished (git's `<<<<<<<`, diff3's `|||||||`): one side is kept everywhere, or both. */
export function* conflictMarkers({ text }: Site): Generator<Draft> {
  if (!/^<{7}/m.test(text) && !/^>{7}/m.test(text)) return;
  const regions = [
    ...text.matchAll(/^<{7}[^\n]*\n([\s\S]*?)(?:^\|{7}[^\n]*\n[\s\S]*?)?^={7}[^\n]*\n([\s\S]*?)^>{7}[^\n]*(?:\n|$)/gm),
  ].slice(0, 200);
  const keep = (choose: (ours: string, theirs: string) => string): Edit[] =>
    regions.map((match) => replace({ start: match.index, end: match.index + match[0].length }, choose(match[1] ?? '', match[2] ?? '')));
  if (regions.length > 0) {
    yield { edits: keep((ours) => ours), weight: 0.97, summary: 'finish the merge: keep our side', template: 'merge-conflict' };
    yield {
      edits: keep((_ours, theirs) => theirs),
      weight: 0.96,
      summary: 'finish the merge: keep their side',
      template: 'merge-conflict',
    };
    yield {
      edits: keep((ours, theirs) => ours + theirs),
      weight: 0.9,
      summary: 'finish the merge: keep both sides',
      template: 'merge-conflict',
    };
  }
  const markers = [...text.matchAll(/^(?:<{7}|={7}|>{7}|\|{7})[^\n]*(?:\n|$)/gm)].slice(0, 800);
  yield {
    edits: markers.map(({ index, 0: marker }) => replace({ start: index, end: index + marker.length }, '')),
    weight: 0.8,
    summary: 'remove the conflict markers',
    template: 'merge-conflict',
  };
}
