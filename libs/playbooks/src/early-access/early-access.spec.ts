import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { earlyAccess } from './index.js';

const run = (name: string, source: string, at: string) =>
  heal(earlyAccess, {
    files: { 'a.js': source },
    failure: { error: { name: 'ReferenceError', message: `Cannot access '${name}' before initialization` } },
    at: ['a.js', at],
  }).after;

describe('early-access', () => {
  // https://github.com/CodeItForkIt/flux-rss-reader/issues/18: the assignment was moved after what it needs.
  it('moves what needs it after the declaration, or the declaration up', () => {
    const source = 'function pane(ref) {\n  ref.current = { hasTarget };\n  const hasTarget = find();\n  return hasTarget;\n}\n';
    const after = run('hasTarget', source, 'hasTarget }');
    expect(after).toContain('function pane(ref) {\n  const hasTarget = find();\n  ref.current = { hasTarget };\n  return hasTarget;\n}\n');
    expect(after.length).toBeGreaterThan(0);
  });

  // https://github.com/adam-cowley/twitch-project/issues/95
  it('declares a function expression before it is called', () => {
    expect(run('useApi', 'useApi();\nconst useApi = () => {};\n', 'useApi()')[0]).toBe('const useApi = () => {};\nuseApi();\n');
  });

  // https://github.com/mdn/content/pull/8174
  it('assigns to the outer variable, or gives the inner one another name', () => {
    const source = 'let foo = 33;\nif (true) {\n  let foo = (foo + 55);\n  use(foo);\n}\n';
    const after = run('foo', source, 'foo + 55');
    expect(after[0]).toBe(source.replace('let foo = (', 'foo = ('));
    expect(after).toContain(source.replace('let foo = (', 'let ownFoo = (').replace('use(foo)', 'use(ownFoo)'));
  });

  it('says nothing of other errors', () => {
    expect(heal(earlyAccess, { files: { 'a.js': 'x;\n' }, failure: { error: { message: 'no' } } }).diagnosis).toBeNull();
  });
});
