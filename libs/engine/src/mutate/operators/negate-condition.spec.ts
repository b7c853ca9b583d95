import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { negateCondition } from './negate-condition.js';

describe('negate-condition', () => {
  it('turns a comparison round (HumanEvalFix JavaScript/72)', () => {
    expect(textsOf(negateCondition, `function f(q, i, j) { if (q[i] == q[j]) return false; return true; }`).map(bare)).toContain(
      bare(`function f(q, i, j) { if (q[i] != q[j]) return false; return true; }`),
    );
  });

  it('takes a mark away and puts one on', () => {
    expect(textsOf(negateCondition, `while (!done) step();`).map(bare)).toContain(bare(`while (done) step();`));
  });

  it('puts a compound condition in parentheses', () => {
    expect(textsOf(negateCondition, `if (a && b) go();`).map(bare)).toContain(bare(`if (!(a && b)) go();`));
  });

  it('negates what a predicate returns', () => {
    expect(textsOf(negateCondition, `const odd = (n) => n % 2 === 0;`).map(bare)).toContain(bare(`const odd = (n) => n % 2 !== 0;`));
  });

  it('leaves arithmetic alone', () => {
    expect(textsOf(negateCondition, `const next = (n) => n + 1;`).map(bare)).not.toContain(bare(`const next = (n) => !(n + 1);`));
  });
});
