/** The linters are shown to catch what they are there for, with the project's own configuration on planted files. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '..');
let dir: string;

beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'lint-')));
  for (const path of ['biome.json', '.oxlintrc.json', '.gitignore', 'tsconfig.json', 'tools/lint']) {
    await cp(join(ROOT, path), join(dir, path), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Runs one of the project's linters on one planted file. */
async function lint(bin: string, args: string[], file: string, text: string): Promise<{ passed: boolean; output: string }> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), text);
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', bin), [...args, file], { cwd: dir, encoding: 'utf8' });
  return { passed: status === 0, output: stdout + stderr };
}
const biome = (file: string, text: string) => lint('biome', ['lint', '--error-on-warnings'], file, text);
const oxlint = (file: string, text: string) => lint('oxlint', ['--type-aware', '--deny-warnings'], file, text);

describe('oxlint with types', () => {
  it.each([
    ['a function of a library', "import { rm } from 'node:fs/promises';\nexport const f = (): void => {\n  rm('x');\n};\n"],
    [
      'a method of an interface',
      "import type { NatsConnection } from 'nats';\nexport function f(nc: NatsConnection): void {\n  nc.drain();\n}\n",
    ],
  ])('catches a floating promise: %s', async (name, text) => {
    const { passed, output } = await oxlint(`libs/git/src/${name.replaceAll(' ', '-')}.ts`, text);
    expect(output).toContain('no-floating-promises');
    expect(passed).toBe(false);
  });

  it('lets an awaited promise be', async () => {
    const text = "import { rm } from 'node:fs/promises';\nexport const f = async (): Promise<void> => {\n  await rm('x');\n};\n";
    expect(await oxlint('libs/git/src/awaited.ts', text)).toMatchObject({ passed: true });
  });
});

describe('biome', () => {
  const CLOCK = 'export const at = (): number => Date.now();\n';

  it.each(['Date.now()', 'Math.random()', 'performance.now()'])('catches %s in a decision', async (call) => {
    const { passed, output } = await biome('apps/rca/src/decide-plan.ts', `export const x = (): number => ${call};\n`);
    expect(output).toContain('A decision has no clock and no randomness');
    expect(passed).toBe(false);
  });

  it.each([
    'libs/contracts/src/a.ts',
    'libs/engine/src/a.ts',
    'libs/policy/src/checks/a.ts',
    'libs/playbooks/src/x/a.ts',
    'apps/rca/src/a.decision.ts',
  ])('counts %s as a decision', async (file) => {
    expect(await biome(file, CLOCK)).toMatchObject({ passed: false });
  });

  it('lets a handler and a spec read the clock', async () => {
    expect(await biome('apps/rca/src/rca.controller.ts', CLOCK)).toMatchObject({ passed: true });
    expect(await biome('libs/engine/src/a.spec.ts', CLOCK)).toMatchObject({ passed: true });
  });

  it('catches the environment read outside a config file', async () => {
    const text = 'export const url = process.env.NATS_URL;\n';
    expect((await biome('apps/rca/src/rca.module.ts', text)).output).toContain('noProcessEnv');
    expect(await biome('apps/rca/src/rca.config.ts', text)).toMatchObject({ passed: true });
  });

  it('catches a skipped test and an any', async () => {
    expect((await biome('libs/git/src/a.spec.ts', "import { it } from '@jest/globals';\nit.skip('x', () => {});\n")).output).toContain(
      'noSkippedTests',
    );
    expect((await biome('libs/git/src/b.ts', 'export const x = (v: any): unknown => v;\n')).output).toContain('noExplicitAny');
  });
});
