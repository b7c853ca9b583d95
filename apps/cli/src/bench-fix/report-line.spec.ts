import { describe, expect, it } from '@jest/globals';
import { reportIn, templateOf } from './report-line.js';

const line = JSON.stringify({
  status: 'healed',
  candidates_tried: 3,
  confidence: 0.5,
  attempts: [
    { template: 'first', outcome: 'failed' },
    { template: 'second', outcome: 'proven' },
  ],
});

describe('the line of JSON of a heal', () => {
  it('is the last of stdout', () => {
    expect(reportIn(`{"status":"other"}\n${line}\n`)).toMatchObject({ status: 'healed', candidates_tried: 3 });
  });

  it.each(['', 'text', '{"status":1}', `${line}\nmore`, '{"status":"healed","candidates_tried":1,"confidence":7}'])(
    'is not %j',
    (stdout) => {
      expect(reportIn(stdout)).toBeUndefined();
    },
  );

  it('names the template of the proven attempt', () => {
    const report = reportIn(line);
    expect(report && templateOf(report)).toBe('second');
  });
});
