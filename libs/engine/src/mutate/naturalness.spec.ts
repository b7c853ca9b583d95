import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '../source-file.js';
import { Naturalness } from './naturalness.js';
import { keyOf, minimal, score } from './rank.js';
import { tokensOf } from './tokens.js';

describe('Naturalness', () => {
  const text = 'for (let i = 0; i < n; i++) f(i);\nfor (let j = 0; j < n; j++) f(j);\nfor (let k = 0; k > n; k++) f(k);\n';
  const model = new Naturalness(new SourceFile('a.js', text), []);
  const at = text.indexOf('>');

  it('prefers what the file says elsewhere', () => {
    const usual = model.gain([{ start: at, end: at + 1, text: '<' }]);
    const odd = model.gain([{ start: at, end: at + 1, text: 'instanceof' }]);
    expect(usual).toBeGreaterThan(odd);
  });

  it('sees a whole token when an edit changes a part of one', () => {
    const whole = model.gain([{ start: at, end: at + 1, text: '>=' }]);
    expect(model.gain([{ start: at + 1, end: at + 1, text: '=' }])).toBeCloseTo(whole, 0);
  });

  it('learns from neighbours', () => {
    const one = new SourceFile('b.js', 'push(a, b);');
    const neighbour = new SourceFile('c.js', 'shove(a, b); shove(a, b); shove(a, b);');
    const edits = [{ start: 0, end: 4, text: 'shove' }];
    expect(new Naturalness(one, [neighbour]).gain(edits)).toBeGreaterThan(new Naturalness(one, []).gain(edits));
  });
});

describe('rank', () => {
  const evidence = { suspicion: 0.5, prior: 0.5, track: 1, weight: 0.5, size: 10, gain: 0 };

  it('rises with suspicion, weight and naturalness, and falls with size', () => {
    expect(score({ ...evidence, suspicion: 0.9 })).toBeGreaterThan(score(evidence));
    expect(score({ ...evidence, weight: 0.9 })).toBeGreaterThan(score(evidence));
    expect(score({ ...evidence, gain: 1 })).toBeGreaterThan(score(evidence));
    expect(score({ ...evidence, size: 300 })).toBeLessThan(score(evidence));
    expect(score({ ...evidence, gain: 1000 })).toBeLessThanOrEqual(score(evidence) * 2);
  });

  it('knows two edits with one result as the same', () => {
    const text = 'if (a == b) c();';
    const whole = minimal(text, [{ start: 4, end: 10, text: 'a != b' }]);
    expect(whole).toEqual([{ start: 6, end: 7, text: '!' }]);
    expect(keyOf('a.js', whole)).toBe(keyOf('a.js', minimal(text, [{ start: 6, end: 8, text: '!=' }])));
    expect(minimal(text, [{ start: 4, end: 10, text: 'a == b' }])).toEqual([]);
  });
});

describe('tokensOf', () => {
  it('gives offsets without comments and white space, and knows regular expressions and templates', () => {
    expect(tokensOf('a /* b */ = /c d/g // e', 5)).toEqual([
      { text: 'a', start: 5, end: 6 },
      { text: '=', start: 15, end: 16 },
      { text: '/c d/g', start: 17, end: 23 },
    ]);
    expect(tokensOf('`a b`').map(({ text }) => text)).toEqual(['`a b`']);
  });
});
