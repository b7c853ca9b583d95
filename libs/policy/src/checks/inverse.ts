import { applyPatch, parsePatch, reversePatch } from 'diff';
import type { Check } from '../facts.js';
import { finding } from './finding.js';

/** Taking the patch back gives the base revision, byte for byte: worked out here, and shown by git. */
export const inverse: Check = {
  name: 'inverse',
  group: 'rollback',
  needs: 'trial',
  run({ diff, files, inverseApplies }) {
    const problems = parsePatch(diff).flatMap((patch) => {
      const path = (patch.newFileName === '/dev/null' ? patch.oldFileName : patch.newFileName)?.replace(/^[ab]\//, '');
      const file = files.find((f) => f.path === path);
      if (!file) return [`${path} is not among the patched files`];
      const back = applyPatch(file.after ?? '', reversePatch(patch), { fuzzFactor: 0, autoConvertLineEndings: false });
      return back === (file.before ?? '') ? [] : [`${path}: the reverse patch does not restore it`];
    });
    if (inverseApplies === undefined) problems.push('not shown yet: the patch did not get as far as git');
    if (inverseApplies === false) problems.push('git does not get back to the base revision with the reverse diff');
    return finding(problems, 'the reverse diff restores the base revision byte for byte');
  },
};
