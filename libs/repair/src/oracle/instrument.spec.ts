import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '@selfheal/engine';
import { executedStretches, instrument, type Stretch } from './instrument.js';
import { applyWraps } from './wraps.js';

/** Runs the instrumented text; gives its value and the texts that it executed, long ones cut. */
function execute(text: string): { value: unknown; executed: string } {
  const file = new SourceFile('a.js', text);
  const { wraps, stretches } = instrument(file);
  const hits = new Set<number>();
  const value: unknown = runInNewContext(applyWraps(text, wraps), { Buffer: { __sf: (n: number) => hits.add(n) } });
  const executed = executedStretches(stretches, (index) => hits.has(index));
  return { value, executed: executed.map(([start, end]) => text.slice(start, end)).join('|') };
}

describe('instrument', () => {
  it('counts the branch that runs and not the other', () => {
    const { value, executed } = execute('function f(n) { if (n > 1) { return 1; } else return 2; }\nf(2)');
    expect(value).toBe(1);
    expect(executed).toContain('return 1;');
    expect(executed).not.toContain('return 2');
  });

  it('keeps statements apart that end without a semicolon', () => {
    expect(execute('let a = []\nlet b = a\nb.push(1)\na.length').value).toBe(1);
  });

  it('keeps directives first', () => {
    expect(execute("function f() { 'use strict'; return this === undefined }\nf()").value).toBe(true);
  });

  it('looks into conditions, logical operands and arrow functions', () => {
    const { value, executed } = execute('const f = (x) => x && x.y ? x.z() : ({ no: x });\nf(0).no');
    expect(value).toBe(0);
    expect(executed).not.toContain('x.y');
    expect(executed).not.toContain('x.z()');
    expect(executed).toContain('{ no: x }');
  });

  it('wraps bodies without braces, labels and cases', () => {
    const text =
      'let n = 0; outer: for (const a of [1, 2]) for (;;) { n += a; if (a > 1) break outer; else continue outer }\nswitch (n) { case 3: n = 30; break; case 4: n = 40 }\nn';
    const { value, executed } = execute(text);
    expect(value).toBe(30);
    expect(executed).toContain('n = 30;');
    expect(executed).not.toContain('n = 40');
  });

  it('says the same of code in a process that counts nothing', () => {
    const { wraps } = instrument(new SourceFile('a.js', 'var Buffer = 1; Buffer + 1'));
    expect(runInNewContext(applyWraps('var Buffer = 1; Buffer + 1', wraps), { globalThis: { Buffer: {} } })).toBe(2);
  });

  it('numbers from the given number on', () => {
    const { wraps, stretches } = instrument(new SourceFile('a.ts', 'interface A { b: string }\nconst a = 1;'), 7);
    expect(stretches).toHaveLength(1);
    expect(wraps[0]?.before).toContain('(7)');
  });
});

describe('executedStretches', () => {
  it('takes out what is inside and was not executed, and joins what touches', () => {
    const stretches: Stretch[] = [
      [0, 100],
      [10, 20],
      [30, 60],
      [40, 50],
    ];
    expect(executedStretches(stretches, (index) => index !== 2)).toEqual([
      [0, 30],
      [40, 50],
      [60, 100],
    ]);
    expect(executedStretches(stretches, (index) => index === 0 || index === 1)).toEqual([
      [0, 30],
      [60, 100],
    ]);
  });
});
