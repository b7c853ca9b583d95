import { describe, expect, it } from '@jest/globals';
import type { NodeProcess } from '../command/recording.js';
import type { WorkTree } from '../work-tree/work-tree.js';
import { scopeOf } from './scope.js';

const ASSERTS = "const assert = require('node:assert');\nassert.equal(1, 2);\n";
const files = new Map([
  ['src/a.js', 'exports.a = 1;\n'],
  ['src/b.ts', 'export const b = 1;\n'],
  ['src/checks.js', ASSERTS],
  ['test/a.js', 'exports.a = 1;\n'],
  ['judge.js', ASSERTS],
  ['main.js', 'require("./src/a.js");\n'],
  ['dist/app.min.js', `var a=1;${'a=a+1;'.repeat(500)}\n`],
  ['package.json', '{}\n'],
]);
const tree: WorkTree = { root: '/w', git: true, snapshot: { revision: 'work-tree', files }, skipped: [] };
const process = (script: string, args: string[] = []): NodeProcess => ({
  pid: 1,
  ppid: 1,
  execPath: 'node',
  execArgv: [],
  script,
  args,
  cwd: '/s/w',
  env: {},
  exitCode: 1,
  ms: 1,
});
const scriptsOf = (options: Partial<Parameters<typeof scopeOf>[1]> = {}, processes: NodeProcess[] = []) => {
  const { script } = scopeOf(tree, { command: ['node', 'judge.js'], ...options }, processes);
  return [...files.keys()].filter(script);
};

describe('what a heal may edit', () => {
  it('is what a person wrote and no test: neither by its name nor by what the command names and asserts', () => {
    expect(scriptsOf()).toEqual(['src/a.js', 'src/b.ts', 'src/checks.js', 'main.js']);
  });

  it('leaves out what a process of the command was given and asserts', () => {
    expect(scriptsOf({ command: ['npm', 'test'] })).toContain('judge.js');
    expect(scriptsOf({ command: ['npm', 'test'] }, [process('/s/w/judge.js')])).not.toContain('judge.js');
    expect(scriptsOf({ command: ['npm', 'test'] }, [process('/m/mocha.js', ['judge.js', 'src/checks.js'])])).toEqual([
      'src/a.js',
      'src/b.ts',
      'main.js',
    ]);
  });

  it('keeps a program that the command names and that asserts nothing', () => {
    expect(scriptsOf({ command: ['node', 'main.js'] })).toContain('main.js');
  });

  it('has tests in it when the user says so, but never what was generated', () => {
    expect(scriptsOf({ allowTests: true })).toEqual(['src/a.js', 'src/b.ts', 'src/checks.js', 'test/a.js', 'judge.js', 'main.js']);
  });

  it('is no more than the globs of the user', () => {
    expect(scriptsOf({ files: ['src/**/*.js'] })).toEqual(['src/a.js', 'src/checks.js']);
    expect(scriptsOf({ files: ['test/**'] })).toEqual([]);
    expect(scriptsOf({ files: [] })).toEqual([]);
  });

  it('has configuration in it, which is no script', () => {
    const { editable, script } = scopeOf(tree, { command: ['node', 'judge.js'] }, []);
    expect([editable('package.json'), script('package.json')]).toEqual([true, false]);
  });

  it.each(['nowhere.js', '../w/src/a.js', '/w/src/a.js', 'node_modules/x/index.js'])('never has %s in it', (path) => {
    expect(scopeOf(tree, { command: [], allowTests: true }, []).editable(path)).toBe(false);
  });

  it('says why a file is not in it', () => {
    const skipping = { ...tree, skipped: ['huge.js'] };
    const { whyNot } = scopeOf(skipping, { command: ['node', 'judge.js'], files: ['**/*.js'] }, []);
    const all = ['src/a.js', 'judge.js', 'test/a.js', 'dist/app.min.js', 'src/b.ts', 'huge.js', 'out/x.js'];
    expect(all.map(whyNot)).toEqual([
      undefined,
      'a test',
      'a test',
      'minified or generated',
      'not among --files',
      'too large, or no text',
      'ignored by git, or no source',
    ]);
  });
});
