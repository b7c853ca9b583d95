import { describe, expect, it } from '@jest/globals';
import type { Node } from '../nodes.js';
import { SourceFile } from '../source-file.js';
import { type Spectrum, suspicionOf } from './spectrum.js';
import { combine, fromStack } from './stack-suspicion.js';

const text = `const TABLE = { o: 3 };
function used(x) {
  if (x > 1) {
    return wrong(x);
  }
  return right(x);
}
function unused() { return 1; }
`;
const file = new SourceFile('a.js', text);
const at = (part: string): Node => file.nodeAt(text.indexOf(part)) as Node;
const stretch = (part: string): [number, number] => [text.indexOf(part), text.indexOf(part) + part.length];
const spectrum = (test: string, failed: boolean, ...parts: string[]): Spectrum => ({
  test,
  failed,
  files: new Map([['a.js', parts.map(stretch).sort(([a], [b]) => a - b)]]),
});

describe('suspicionOf', () => {
  it('is Ochiai: what only failing tests execute is 1, what passing tests execute too is less, the rest is 0', () => {
    const suspicion = suspicionOf(
      [
        spectrum('fails', true, 'function used(x) {', '  if (x > 1)', '    return wrong(x);'),
        spectrum('passes', false, 'function used(x) {', '  if (x > 1)', '  return right(x);'),
      ],
      [file],
    );
    expect(suspicion('a.js', at('wrong(x)'))).toBe(1);
    expect(suspicion('a.js', at('x > 1'))).toBeCloseTo(1 / Math.sqrt(2));
    expect(suspicion('a.js', at('right(x)'))).toBe(0);
    expect(suspicion('a.js', at('return 1'))).toBe(0);
    expect(suspicion('b.js', at('wrong(x)'))).toBe(0);
  });

  it('halves everything when nothing passes: one entry for the whole run', () => {
    const suspicion = suspicionOf([spectrum('', true, 'return wrong(x);')], [file]);
    expect(suspicion('a.js', at('wrong(x)'))).toBe(0.5);
    expect(suspicion('a.js', at('return right'))).toBe(0);
  });

  it('suspects what runs at load in a file that a failing test executes (HumanEvalFix JavaScript/17: a wrong table entry)', () => {
    const suspicion = suspicionOf([spectrum('fails', true, 'return wrong(x);'), spectrum('passes', false, 'return right(x);')], [file]);
    expect(suspicion('a.js', at('3'))).toBeCloseTo(0.4);
    expect(suspicionOf([{ test: 't', failed: true, files: new Map() }], [file])('a.js', at('3'))).toBe(0);
  });

  it('suspects everything the same when nothing is known', () => {
    expect(suspicionOf([], [file])('a.js', at('return 1'))).toBe(0.5);
  });

  it('answers 100,000 questions about a file of 10,000 lines with 40 tests by search, not by walking', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `function f${i}(a) { return a + ${i}; }`);
    const big = new SourceFile('big.js', lines.join('\n'));
    const starts = big.program.body.map(({ start, end }) => [start, end] as const);
    const spectra = Array.from({ length: 40 }, (_, t) => ({
      test: `${t}`,
      failed: t < 3,
      files: new Map([['big.js', starts.filter((_range, i) => i % (t + 1) === 0)]]),
    }));
    const began = performance.now();
    const suspicion = suspicionOf(spectra, [big]);
    let most = 0;
    for (const node of big.nodes.slice(0, 100_000)) most = Math.max(most, suspicion('big.js', node));
    expect(most).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('fromStack', () => {
  it('suspects the statement of the innermost frame most, then its function, then the callers', () => {
    const suspicion = fromStack(
      [
        { file: 'elsewhere.js', line: 1, column: 1 },
        { file: 'a.js', line: 4, column: 12 },
        { file: 'a.js', line: 8, column: 20 },
        { file: 'a.js', line: 99, column: 1 },
      ],
      [file],
    );
    expect(suspicion('a.js', at('wrong(x)'))).toBe(1);
    expect(suspicion('a.js', at('right(x)'))).toBeCloseTo(0.4);
    expect(suspicion('a.js', at('return 1'))).toBe(0.5);
    expect(suspicion('a.js', at('TABLE'))).toBe(0);
  });

  it('adds to what coverage says, and never takes away', () => {
    const both = combine(
      () => 0.5,
      (_path, node) => (node === at('wrong(x)') ? 0.5 : 0),
    );
    expect(both('a.js', at('wrong(x)'))).toBe(0.75);
    expect(both('a.js', at('right(x)'))).toBe(0.5);
  });
});
