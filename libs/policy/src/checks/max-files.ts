import { readDiff } from '../diff/read-diff.js';
import type { Check } from '../facts.js';
import { count, finding } from './finding.js';

/** The patch touches no more files than the limit. */
export const maxFiles: Check = {
  name: 'max_files',
  group: 'size',
  needs: 'patch',
  run({ diff, files, limits }) {
    const { sections, problems } = readDiff(diff);
    const touched = Math.max(sections.length, files.length);
    const many = touched > limits.max_files ? [`${count(touched, 'file')} changed, ${limits.max_files} allowed`] : [];
    return finding([...problems, ...many], `${count(touched, 'file')} changed of ${limits.max_files} allowed`);
  },
};
