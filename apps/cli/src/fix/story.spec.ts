import { describe, expect, it } from '@jest/globals';
import type { FixReport } from '@selfheal/repair';
import pc from 'picocolors';
import type { Screen } from '../output/screen.js';
import { jsonOf, storyOf } from './story.js';

const plain: Screen = { colours: pc.createColors(false), line: () => undefined, lines: () => undefined };
const PATCH = '--- a/add.js\n+++ b/add.js\n@@ -1 +1 @@\n-return a - b;\n+return a + b;\n';
const healed: FixReport = {
  status: 'healed',
  reason: null,
  message: 'The operator was wrong.',
  cause: { summary: 'add(1, 2) is -1', category: 'logic', location: { path: 'add.js', line: 1 } },
  playbook: null,
  engine: 'rules',
  confidence: 0.914,
  candidates_tried: 12,
  attempts: [{ summary: 'a - b → a + b', template: 'wrong-operator', diff_stat: '+1 -1', outcome: 'proven', reason: '' }],
  total_ms: 1234,
  patch: PATCH,
  files: [{ path: 'add.js', before: 'return a - b;\n', after: 'return a + b;\n' }],
};
const notHealed: FixReport = {
  ...healed,
  status: 'not_healed',
  reason: 'ambiguous',
  message: 'Two fixes pass.',
  confidence: null,
  patch: null,
  files: [],
  attempts: [{ summary: 'x\x1b[2J', template: 'wrong-operator', diff_stat: '+1 -1', outcome: 'failed', reason: 'it fails' }],
};

describe('the report for people', () => {
  it('shows the diff, the cause, the confidence and where the patch is', () => {
    const text = storyOf(healed, 'applied', plain).join('\n');
    for (const part of ['+return a + b;', 'add(1, 2) is -1 (add.js:1)', '91 %', '12 candidates in 1.2 s', 'in the work tree']) {
      expect(text).toContain(part);
    }
  });

  it('says of a dry run that nothing was written', () => {
    expect(storyOf(healed, 'dry_run', plain).join('\n')).toContain('the work tree is untouched');
  });

  it('says why not, what was tried and that nothing was written, safe for a terminal', () => {
    const text = storyOf(notHealed, 'none', plain).join('\n');
    for (const part of ['Not healed (ambiguous): Two fixes pass.', 'wrong-operator', 'failed: it fails', 'work tree is untouched']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('\x1b');
  });

  it('says of a command that passes that there is nothing to heal', () => {
    expect(storyOf({ ...notHealed, status: 'passes_already', reason: null, message: '' }, 'none', plain)).toEqual([
      'The command passes: there is nothing to heal.',
    ]);
  });
});

describe('the report for machines', () => {
  it('has the promised names', () => {
    const report = JSON.parse(JSON.stringify(jsonOf(healed, 'applied')));
    expect(report).toMatchObject({
      status: 'healed',
      cause: { summary: 'add(1, 2) is -1' },
      playbook: null,
      engine: 'rules',
      confidence: 0.914,
      candidates_tried: 12,
      total_ms: 1234,
      patch: PATCH,
      reason: null,
      message: 'The operator was wrong.',
      applied: true,
    });
    expect(report).not.toHaveProperty('files');
  });

  it('says of a dry run that it is not applied', () => {
    expect(jsonOf(healed, 'dry_run')).toMatchObject({ status: 'healed', applied: false, patch: PATCH });
  });
});
