import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadFaults } from './faults.js';

const good = {
  order: 2,
  title: 'A fault',
  family: 'runtime',
  description: 'It breaks.',
  detect: 'emitter',
  request: { method: 'GET', path: '/x' },
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'faults-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function plant(folder: string, fault: object): Promise<void> {
  await mkdir(join(dir, folder));
  await writeFile(join(dir, folder, 'fault.json'), JSON.stringify(fault));
  await writeFile(join(dir, folder, 'fault.patch'), 'diff\n');
}

describe('loadFaults', () => {
  it('reads the catalogue in its order', async () => {
    await plant('b', { ...good, name: 'b' });
    await plant('c', { ...good, name: 'c', order: 1 });
    const faults = await loadFaults(dir);
    expect(faults.map((fault) => fault.name)).toEqual(['c', 'b']);
    expect(faults[0]).toMatchObject({ patch: 'diff\n', breaks_types: false, request: { headers: {} } });
  });

  it.each([
    ['a field that is wrong', 'b', { ...good, name: 'b', family: 'magic' }, /fault b: family/],
    ['a path that leaves the service', 'b', { ...good, name: 'b', request: { method: 'GET', path: '//evil.example/' } }, /request\.path/],
    ['a name that is not its folder', 'b', { ...good, name: 'c' }, /not its folder's/],
  ])('refuses %s and names it', async (_what, folder, fault, message) => {
    await plant(folder, fault);
    await expect(loadFaults(dir)).rejects.toThrow(message);
  });

  it('refuses two faults at one place', async () => {
    await plant('b', { ...good, name: 'b' });
    await plant('c', { ...good, name: 'c' });
    await expect(loadFaults(dir)).rejects.toThrow(/another fault has order 2/);
  });
});
