import { isWrongAnswer, wrongValue } from '../mutations/wrong-value.js';
import { definePlaybook } from '../shared/playbook.js';

/** A wrong operator in arithmetic, a comparison or a condition: `+` for `-`, `&&` for `||`, `===` for `!==`. */
export const wrongOperator = definePlaybook({
  name: 'wrong-operator',
  family: 'logic',
  title: 'A wrong operator computes a wrong value',
  investigate(scene) {
    if (!isWrongAnswer(scene)) return null;
    const numbers = scene.mismatches.some(({ expected, actual }) => typeof expected === 'number' && typeof actual === 'number');
    const flags = scene.mismatches.some(({ expected, actual }) => typeof expected === 'boolean' && typeof actual === 'boolean');
    return wrongValue(scene, ['operator'], numbers ? 0.68 : flags ? 0.62 : 0.5, 'an operator is wrong');
  },
});
