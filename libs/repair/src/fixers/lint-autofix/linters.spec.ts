import { describe, expect, it } from '@jest/globals';
import type { NodeProcess } from '../../command/recording.js';
import { failingLinter, isLintConfig, isSilenced } from './linters.js';

const process = (script: string, args: readonly string[], exitCode = 1): NodeProcess => ({
  pid: 1,
  ppid: 0,
  execPath: '/usr/bin/node',
  execArgv: [],
  script,
  args,
  cwd: '/w',
  env: {},
  exitCode,
  ms: 1,
});
const at = (script: string, ...args: string[]) => failingLinter([process(`/w/node_modules/${script}`, args)])?.args;

describe('failingLinter', () => {
  it.each([
    [at('eslint/bin/eslint.js', 'src', '--max-warnings', '0'), ['--fix', 'src', '--max-warnings', '0']],
    [at('prettier/bin/prettier.cjs', '--check', '.'), ['--write', '.']],
    [at('prettier/bin-prettier.js', '-l', 'src/**'), ['--write', 'src/**']],
    [at('standard/bin/cmd.cjs'), ['--fix']],
    [at('@biomejs/biome/bin/biome', 'lint', '--unsafe', 'src'), ['lint', '--write', 'src']],
    [at('oxlint/bin/oxlint', '--fix-dangerously', '--suppress-all'), ['--fix']],
  ])('mends with the same arguments: %j', (args, expected) => expect(args).toEqual(expected));

  it.each([
    ['prettier that only prints', at('prettier/bin/prettier.cjs', 'a.js')],
    ['biome that does something else', at('@biomejs/biome/bin/biome', 'migrate')],
    ['a script of that name elsewhere', at('other/eslint.js', '.')],
    ['a linter that was content', failingLinter([process('/w/node_modules/eslint/bin/eslint.js', [], 0)])],
  ])('leaves alone %s', (_name, found) => expect(found).toBeUndefined());
});

describe('what an autofix never does', () => {
  it.each([
    'eslint.config.mjs',
    '.eslintrc.cjs',
    '.eslintrc',
    'biome.json',
    'a/.oxlintrc.json',
    '.prettierrc',
    'prettier.config.js',
    'package.json',
  ])('changes %s', (path) => expect(isLintConfig(path)).toBe(true));
  it.each(['src/eslint.ts', 'src/config.js', 'data.json'])('leaves out %s', (path) => expect(isLintConfig(path)).toBe(false));
  it('silences the linter', () => {
    expect(isSilenced('a', '// eslint-disable-next-line\na')).toBe(true);
    expect(isSilenced('// biome-ignore lint: x\na', 'a')).toBe(false);
  });
});
