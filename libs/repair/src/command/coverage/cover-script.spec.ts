import { describe, expect, it } from '@jest/globals';
import { coverScript } from './cover-script.js';

const text = 'if (a) {\n  b();\n}\nc();\n';
const whole = (end: number, ...more: [number, number, number][]) => [
  { ranges: [[0, end, 1] as const, ...more].map(([startOffset, endOffset, count]) => ({ startOffset, endOffset, count })) },
];
const cover = (path: string, functions: ReturnType<typeof whole>, map?: Parameters<typeof coverScript>[0]['map']) =>
  Object.fromEntries(
    coverScript(
      { path, functions, ...(map && { map }) },
      (name) => (name === 'a.js' ? text : undefined),
      (source) => (source === 'a.js' ? 'a.js' : undefined),
    ),
  );
/** Each of the four lines of a.js comes from the line below its own: the compiled text begins with a line of its own. */
const map = {
  lineLengths: [13, 8, 6, 1, 4, 0],
  data: { version: 3 as const, sources: ['a.js'], names: [], mappings: ';AAAA;EACE;AACF;AACA' },
};

describe('coverScript', () => {
  it('takes a script that is its file at its word', () => {
    expect(cover('a.js', whole(text.length, [7, 17, 0]))).toEqual({
      'a.js': [
        [0, 7],
        [17, 23],
      ],
    });
  });
  it('moves offsets by a byte order mark that was cut off', () => {
    const found = coverScript(
      { path: 'a.js', functions: whole(4) },
      () => '\uFEFFc();',
      () => undefined,
    );
    expect([...found]).toEqual([['a.js', [[1, 5]]]]);
  });
  it('maps a transformed script back to its source', () => {
    expect(cover('a.js', whole(38, [22, 30, 0]), map)).toEqual({
      'a.js': [
        [0, 11],
        [16, 23],
      ],
    });
  });
  it('finds the sources of build output', () => {
    expect(cover('dist/a.js', whole(38), map)).toEqual({ 'a.js': [[0, 23]] });
  });
  it('gives a transformed file as a whole when nothing maps it', () => {
    expect(cover('a.js', whole(99, [7, 17, 0]))).toEqual({ 'a.js': [[0, 23]] });
  });
});
