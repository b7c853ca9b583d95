import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { useFailingCommand } from '../testing/failing-command.js';
import { typeError } from './type-error.js';

jest.setTimeout(60_000);

const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
const CONFIG = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: [] },
  include: ['**/*.ts'],
});

const failing = useFailingCommand();

describe('type-error', () => {
  it('mends several errors in several files at once, from a compiler that runs in a folder below', async () => {
    const files = {
      'package.json': '{"type":"module"}',
      'app/tsconfig.json': CONFIG,
      'app/money.ts': 'export const money = (n: number): string => n.toFixd(2);\n',
      'app/order.ts': "import { money } from './money.js';\nexport const show = (o: { total: string }) => money(o.total);\n",
    };
    const command = await failing(files, [tsc, '-p', '.'], { cwd: 'app' });
    expect(command.failed.exitCode).not.toBe(0);
    const [fix] = await command.fixes(typeError);
    expect([...(fix?.patch.keys() ?? [])]).toEqual(['app/money.ts', 'app/order.ts']);
    expect(await command.runWith(fix?.patch ?? new Map())).toEqual({ exitCode: 0, output: '' });
  });

  it('asks the compiler again about what a fix brings to light, and puts the sandbox back', async () => {
    const before = 'export const cents = (n: number): number => n.toFixd(2);\n';
    const command = await failing({ 'package.json': '{"type":"module"}', 'tsconfig.json': CONFIG, 'a.ts': before }, [tsc, '-p', '.']);
    const [fix] = await command.fixes(typeError);
    expect(fix?.patch.get('a.ts')).toBe('export const cents = (n: number): number => Number(n.toFixed(2));\n');
    expect(await command.read('a.ts')).toBe(before);
    expect((await command.runWith(fix?.patch ?? new Map())).exitCode).toBe(0);
  });

  it('leaves alone what may not be edited', async () => {
    const files = { 'package.json': '{"type":"module"}', 'tsconfig.json': CONFIG, 'a.ts': "export const a: number = '1';\n" };
    const command = await failing(files, [tsc, '-p', '.'], { editable: () => false });
    expect(await command.fixes(typeError)).toEqual([]);
  });

  it('applies to the compiler alone', () => {
    const recording = {
      run: { outcome: 'failed' as const, tests: [], ms: 1 },
      processes: [],
      coverage: [],
      exitCode: 1,
      signal: null,
      orphans: 0,
      output: 'TypeError: a is not a function',
    };
    expect(typeError.applies({ command: [], recording, errors: [] }, { revision: '', files: new Map() })).toBe(false);
  });
});
