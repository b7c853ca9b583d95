import { isWrongAnswer, wrongValue } from '../mutations/wrong-value.js';
import { definePlaybook } from '../shared/playbook.js';

/** The fallback for a wrong answer that no other playbook explains: every kind of mutation, the likeliest place first. */
export const logic = definePlaybook({
  name: 'logic',
  family: 'logic',
  title: 'The answer is wrong',
  investigate: (scene) => (isWrongAnswer(scene) ? wrongValue(scene, ['logic', 'operator', 'boundary'], 0.4, 'the logic is wrong') : null),
});
