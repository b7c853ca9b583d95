import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '@selfheal/engine';
import { purify } from './purify.js';
import { applyWraps } from './wraps.js';

const assertionsOf = (text: string): string[] => purify(new SourceFile('test.js', text)).map(({ start, end }) => text.slice(start, end));

describe('purify', () => {
  it('takes each assertion statement of the usual libraries', () => {
    const assertions = [
      'console.assert(f(1) === 2)',
      'assert(f(1))',
      'assert.deepStrictEqual(f(1), [2]);',
      'expect(f(1)).to.equal(2)',
      'f(1).should.be.true',
      'await assert.rejects(f());',
    ];
    expect(assertionsOf(`import assert from 'assert'\n${assertions.join('\n')}\nf(1)\nlog(assert)\n`)).toEqual(assertions);
  });

  it('keeps every line where it is and names places by line', () => {
    const text = 'assert(1); assert(2)\nassert(3)\n';
    const file = new SourceFile('test.js', text);
    const pure = applyWraps(text, purify(file));
    expect(pure.split('\n')).toHaveLength(3);
    expect(pure).toContain('__sfAt("1:12")');
    expect(pure).toContain('__sfAt("2")');
  });

  it('takes the calls of a helper that asserts, not its inside', () => {
    expect(assertionsOf('function check(a, b) { assert.equal(a, b) }\ncheck(f(1), 2)\ncheck(f(2), 3)')).toEqual([
      'check(f(1), 2)',
      'check(f(2), 3)',
    ]);
  });

  it('leaves alone what is meant to fail, or is part of another assertion', () => {
    expect(assertionsOf('try { assert(f()) } catch {}')).toEqual([]);
    expect(assertionsOf('try { assert(f()) } catch (e) { process.exit(1) }')).toEqual(['assert(f())']);
    expect(assertionsOf('assert.throws(() => { assert(f()) })')).toEqual(['assert.throws(() => { assert(f()) })']);
    expect(assertionsOf('const r = assert.throws(() => { assert(f()) })')).toEqual([]);
  });

  it('does nothing with a script that does not parse', () => {
    expect(assertionsOf('assert(1)\nfunction {')).toEqual([]);
  });
});
