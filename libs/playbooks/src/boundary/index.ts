import { isWrongAnswer, wrongValue } from '../mutations/wrong-value.js';
import { definePlaybook } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

/** Off by one: a list that begins or ends in the wrong place, a page too many, a limit that is or is not part of its range. */
export const boundary = definePlaybook({
  name: 'boundary',
  family: 'logic',
  title: 'A range begins or ends in the wrong place',
  investigate(scene) {
    const range = scene.failure.error.name === 'RangeError';
    if (!range && !isWrongAnswer(scene)) return null;
    return wrongValue(scene, ['boundary'], range ? 0.6 : confidenceOf(scene), 'a boundary is off');
  },
});

/** Lists, lengths and page counts speak for a boundary; other numbers by one, too. */
function confidenceOf({ mismatches, failure }: Scene): number {
  const lists = mismatches.some(
    ({ expected, actual, path }) => Array.isArray(expected) || Array.isArray(actual) || path.some((step) => typeof step === 'number'),
  );
  const byOne = mismatches.some(
    ({ expected, actual }) => typeof expected === 'number' && typeof actual === 'number' && Math.abs(expected - actual) === 1,
  );
  const paged = /[?&](?:page|limit|size|offset|cursor|from|to)=/.test(failure.request?.path ?? '');
  return lists ? 0.72 : byOne ? 0.7 : paged ? 0.6 : 0.48;
}
