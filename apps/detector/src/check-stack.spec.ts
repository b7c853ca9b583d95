import { describe, expect, it } from '@jest/globals';
import { stackProblem } from './check-stack.js';

const ROOT = '/srv/shop';
const stack = (...places: string[]) => `Error: x\n${places.map((place) => `    at f (${place}:1:1)`).join('\n')}`;

describe('stackProblem', () => {
  it.each<[string, string | undefined]>([
    ['no stack', undefined],
    ['an empty stack', ''],
    ['a stack without frames', 'Error: x\nnothing here'],
    ['frames inside', stack('/srv/shop/src/a.ts')],
    ['frames inside as URLs', stack('file:///srv/shop/src/a.ts')],
    ['relative frames', stack('src/a.ts')],
    ['frames outside beside one inside', stack('/usr/lib/x.js', '/srv/shop/src/a.ts')],
    ['only frames of Node and packages', stack('node:events', '/other/node_modules/x/i.js', '<anonymous>')],
    ['a directory whose name begins with dots', stack('/srv/shop/..hidden/a.ts')],
    ['a file whose name has dots', stack('/srv/shop/src/a..b.ts')],
  ])('has nothing against %s', (_, text) => {
    expect(stackProblem(text, ROOT)).toBeUndefined();
  });

  it.each([
    ['climbs', stack('/srv/shop/../../etc/passwd'), /path with "\.\."/],
    ['climbs after good frames', stack('/srv/shop/src/a.ts', '/srv/shop/src/../../x.ts'), /path with "\.\."/],
    ['climbs from a relative path', stack('../x.ts'), /path with "\.\."/],
    ['climbs with backslashes', stack('C:\\shop\\..\\x.ts'), /path with "\.\."/],
    ['lies outside', stack('/etc/passwd', '/root/.ssh/id'), /no frame inside the target, the first is "\/etc\/passwd"/],
    ['lies beside a root of the same beginning', stack('/srv/shop-2/src/a.ts'), /no frame inside/],
    ['is the parent of the root', stack('/srv/a.ts'), /no frame inside/],
    ['hides the climb in an encoded URL', stack('file:///srv/shop/%2e%2e/%2e%2e/etc/passwd'), /\.\.|no frame inside/],
  ])('refuses a stack that %s', (_, text, problem) => {
    expect(stackProblem(text, ROOT)).toMatch(problem);
  });

  it('quotes a path on one line, bounded', () => {
    const problem = stackProblem(stack(`/etc/\u0007${'x'.repeat(900)}`), ROOT) ?? '';
    expect(problem.length).toBeLessThan(300);
    expect(problem).not.toContain('\n');
    expect(problem).not.toContain('\u0007');
  });

  it('does not slow down on a stack of the largest size', () => {
    const started = performance.now();
    for (const unit of ['    at f (/etc/x:1:1)\n', '    at (((((', '../', ':']) stackProblem(unit.repeat(32_768 / unit.length), ROOT);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
