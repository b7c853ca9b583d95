import { describe, expect, it } from '@jest/globals';
import type { FixProgress } from '@selfheal/repair';
import { lineOf } from './progress-line.js';

const HOSTILE = '\x1b[2Jgone\r\n';

describe('a step as a line', () => {
  it.each<[FixProgress, string]>([
    [{ stage: 'reproducing', run: 1, of: 3 }, 'runs the command (1 of 3)'],
    [{ stage: 'reproduced', failures: 1, flaky: false, ms: 240 }, 'it fails: 1 failure, 240 ms a run'],
    [{ stage: 'reproduced', failures: 2, flaky: true, ms: 240 }, 'the command is flaky'],
    [
      { stage: 'localised', files: 1, suspects: [{ path: 'a.js', line: 3, function: 'f', suspicion: 1 }] },
      '1 suspicious place in 1 file: a.js:3 f',
    ],
    [{ stage: 'oracle', name: 'mocha (warm)', width: 2, perSecond: 51.4 }, 'candidates run by mocha (warm), 2 at once, about 51 a second'],
    [
      { stage: 'searching', tried: 10, planned: 200, plausible: 1, operator: 'off-by-one', elapsedMs: 1500 },
      '10 of 200 candidates tried, 1 passes, 1.5 s (off-by-one)',
    ],
    [{ stage: 'searching', tried: 10, plausible: 0, elapsedMs: 20 }, '10 candidates tried, 20 ms'],
    [{ stage: 'rejected', reason: 'it fails again' }, 'rejected: it fails again'],
  ])('%j', (event, line) => {
    expect(lineOf(event)).toBe(line);
  });

  it.each<FixProgress>([
    { stage: 'plausible', summary: HOSTILE, path: HOSTILE, line: 1 },
    { stage: 'proving', attempt: 1, of: 5, summary: HOSTILE },
    { stage: 'rejected', reason: HOSTILE },
    { stage: 'note', text: HOSTILE },
    { stage: 'localised', files: 1, suspects: [{ path: HOSTILE, line: 1, function: HOSTILE, suspicion: 1 }] },
    { stage: 'oracle', name: HOSTILE, width: 1 },
    { stage: 'searching', tried: 1, plausible: 0, operator: HOSTILE, elapsedMs: 1 },
  ])('lets nothing of the target drive the terminal: $stage', (event) => {
    expect(lineOf(event)).not.toMatch(/\p{Cc}/u);
    expect(lineOf(event)).toContain('gone');
  });
});
