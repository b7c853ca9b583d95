import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { useFailingCommand } from '../testing/failing-command.js';
import { lintAutofix } from './lint-autofix.js';

jest.setTimeout(60_000);

const modules = join(process.cwd(), 'node_modules');
const biome = join(modules, '@biomejs/biome/bin/biome');
const oxlint = join(modules, 'oxlint/bin/oxlint');
const CONFIG = { 'biome.json': '{ "formatter": { "indentStyle": "space" }, "linter": { "enabled": false } }\n' };

const failing = useFailingCommand();

describe('lint-autofix', () => {
  it.each([
    ['check', ['check', '.']],
    ['ci', ['ci', '.']],
    ['format', ['format', 'a.js']],
  ])('lets biome %s mend what it found', async (_name, args) => {
    const before = 'export const a = {b:1}\n';
    const command = await failing({ ...CONFIG, 'a.js': before }, [biome, ...args]);
    expect(command.failed.exitCode).not.toBe(0);
    const [fix, ...more] = await command.fixes(lintAutofix);
    expect(more).toEqual([]);
    expect(fix).toMatchObject({ template: 'lint-autofix/biome', patch: new Map([['a.js', 'export const a = { b: 1 };\n']]) });
    expect(await command.read('a.js')).toBe(before);
    expect(await command.runWith(fix?.patch ?? new Map())).toMatchObject({ exitCode: 0 });
  });

  it('lets oxlint mend what it found', async () => {
    const files = {
      '.oxlintrc.json': '{ "rules": { "prefer-const": "error" } }',
      'a.js': 'let a = 1; // one\nexport { a };\n',
    };
    const command = await failing(files, [oxlint]);
    expect(command.failed.exitCode).not.toBe(0);
    const [fix] = await command.fixes(lintAutofix);
    expect(fix?.template).toBe('lint-autofix/oxlint');
    expect((await command.runWith(fix?.patch ?? new Map())).exitCode).toBe(0);
  });

  it('takes only what may be edited, and puts the rest back', async () => {
    const before = { ...CONFIG, 'a.js': 'a( )\n', 'generated.js': 'a( )\n' };
    const command = await failing(before, [biome, 'check', '.'], { editable: (path) => path !== 'generated.js' });
    const [fix] = await command.fixes(lintAutofix);
    expect([...(fix?.patch.keys() ?? [])]).toEqual(['a.js']);
    expect(await command.read('generated.js')).toBe('a( )\n');
  });

  it('never changes what tells the linter what to find', async () => {
    const command = await failing({ 'biome.json': '{"linter":{"enabled":false},"formatter":{"indentStyle":"space"}}', 'a.js': 'a( )\n' }, [
      biome,
      'check',
      '.',
    ]);
    const [fix] = await command.fixes(lintAutofix);
    expect([...(fix?.patch.keys() ?? [])]).toEqual(['a.js']);
  });

  it('has nothing for what the linter cannot mend, nor for a program that is no linter', async () => {
    const files = {
      '.oxlintrc.json': '{ "rules": { "no-unreachable": "error" } }',
      'a.js': 'export function f() {\n  return 1;\n  g();\n}\n',
      'x.js': 'process.exit(1)\n',
    };
    expect(await (await failing(files, [oxlint])).fixes(lintAutofix)).toEqual([]);
    expect(await (await failing(files, ['x.js', '--check'])).fixes(lintAutofix)).toEqual([]);
  });
});
