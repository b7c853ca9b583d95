import { readDiff } from '../diff/read-diff.js';
import type { Check } from '../facts.js';
import { count, finding } from './finding.js';

/** A longer line counts as several: size is what a person has to read. UTF-16 code units. */
const LINE = 200;

/** Lines added plus lines removed stay within the limit, counted in the diff itself. */
export const maxLoc: Check = {
  name: 'max_loc',
  group: 'size',
  needs: 'patch',
  run({ diff, limits }) {
    const { sections, problems } = readDiff(diff);
    const lines = sections.flatMap(({ added, removed }) => [...added, ...removed]);
    const loc = lines.reduce((sum, { text }) => sum + Math.max(1, Math.ceil(text.length / LINE)), 0);
    const large = loc > limits.max_loc ? [`${count(loc, 'line')} changed, ${limits.max_loc} allowed`] : [];
    return finding([...problems, ...large], `${count(loc, 'line')} changed of ${limits.max_loc} allowed`);
  },
};
