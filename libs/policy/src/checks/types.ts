import type { Check } from '../facts.js';
import { finding } from './finding.js';

/** The patched target has no type error that the base revision does not have. */
export const types: Check = {
  name: 'types',
  group: 'validation',
  needs: 'trial',
  run({ types: facts }) {
    if (!facts) return finding(['not run: the patch did not get as far as the sandbox'], '');
    return finding(facts.new_errors, facts.ran ? 'no new type error' : 'the target has no type check');
  },
};
