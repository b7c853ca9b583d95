import { readDiff } from '../diff/read-diff.js';
import type { Check } from '../facts.js';
import { finding } from './finding.js';

/**
 * Characters that make text read otherwise than it runs: bidirectional controls (CVE-2021-42574), invisible and format
 * characters, tags, variation selectors, odd spaces, line separators, a lone carriage return, other controls.
 */
const HIDDEN =
  /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u115F\u1160\u3164\uFFA0\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]|[\u{FE00}-\u{FE0F}]|[\u{E0100}-\u{E01EF}]|(?![\t\r])\p{Cc}|\r(?!$)/u;
/** A word with Latin letters next to Cyrillic or Greek ones that look the same (UTS 39, mixed scripts). */
const MIXED = /[\p{Script=Cyrillic}\p{Script=Greek}][\w$]*[A-Za-z]|[A-Za-z][\w$]*[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** What the patch adds reads as it runs. */
export const noHiddenText: Check = {
  name: 'no_hidden_text',
  group: 'operation-safety',
  needs: 'patch',
  run({ diff }) {
    const { sections, problems } = readDiff(diff);
    const found = sections.flatMap(({ path, added }) =>
      added.flatMap(({ line, text }) => {
        const hidden = HIDDEN.exec(text)?.[0].codePointAt(0);
        if (hidden !== undefined)
          return [`${path}:${line} adds the hidden character U+${hidden.toString(16).toUpperCase().padStart(4, '0')}`];
        return MIXED.test(text) ? [`${path}:${line} mixes scripts whose letters look alike in one word`] : [];
      }),
    );
    return finding([...problems, ...found], 'no hidden or look-alike characters in what the patch adds');
  },
};
