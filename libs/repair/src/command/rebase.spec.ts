import { describe, expect, it } from '@jest/globals';
import { OutputTail } from './output-tail.js';
import { rebaseEnvironment, rebaseOutput, rebasePaths } from './rebase.js';
import { numberIds, testId } from './test-id.js';

describe('rebasePaths', () => {
  it.each([
    ['/repo', '/copy'],
    ['/repo/a b.js', '/copy/a b.js'],
    ['--config=/repo/x', '--config=/copy/x'],
    ['/bin:/repo/node_modules/.bin:/usr', '/bin:/copy/node_modules/.bin:/usr'],
    ['/repo-2/x', '/repo-2/x'],
    ['/repo.old', '/repo.old'],
    ['/other/repo/x', '/other/repo/x'],
  ])('%s', (text, moved) => expect(rebasePaths(text, '/repo', '/copy')).toBe(moved));
  it('moves nothing when the root is the file system', () => expect(rebasePaths('/a', '/', '/copy')).toBe('/a'));
  it('takes a dollar in a path as it is', () => expect(rebasePaths('/repo/a', '/repo', '/$&')).toBe('/$&/a'));
});

describe('rebaseOutput and rebaseEnvironment', () => {
  it('moves URLs and places in stacks', () => {
    expect(rebaseOutput('at f (file:///copy/a.mjs:1:2)\n/copy/a.js:3', '/copy', '/repo')).toBe(
      'at f (file:///repo/a.mjs:1:2)\n/repo/a.js:3',
    );
  });
  it('knows the root by more than one name', () => {
    expect(rebaseEnvironment({ A: '/link/x', B: '/real', C: 'no' }, ['/link', '/real'], '/copy')).toEqual({
      A: '/copy/x',
      B: '/copy',
      C: 'no',
    });
  });
});

describe('OutputTail', () => {
  it('keeps the end, from a whole character on', () => {
    const tail = new OutputTail(5);
    for (const part of ['aaaa', 'bé', 'é', 'cd']) tail.add(Buffer.from(part));
    expect(tail.text()).toBe('écd');
  });
});

describe('testId and numberIds', () => {
  it('names the file relative to the root', () =>
    expect([testId('/w', '/w/t/a.js', 'x y'), testId('/w', '', 'x')]).toEqual(['t/a.js > x y', 'x']));
  it('tells the same names apart', () =>
    expect(numberIds([{ id: 'a' }, { id: 'b' }, { id: 'a' }]).map(({ id }) => id)).toEqual(['a', 'b', 'a #2']));
});
