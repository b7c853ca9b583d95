import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { git, initRepository } from '@selfheal/git';
import type { FixReport } from '../report.js';
import { type Lesson, NO_MEMORY, remember } from './memory.js';
import { memoryPath } from './place.js';
import { rememberHeal } from './remember-heal.js';
import { forgetMemory, readMemory, writeMemory } from './store.js';

let root: string;
let path: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-memory-')));
  path = join(root, 'kept', 'memory.json');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const LESSON: Lesson = { fingerprints: [], playbook: null, template: 'off-by-one', outcome: 'proven', path: 'a.js' };
const AT = new Date('2026-01-02T03:04:05.000Z');
const SOME = remember(NO_MEMORY, [LESSON], AT.toISOString());
const healed = (...lessons: Lesson[]): FixReport => ({
  status: 'healed',
  reason: null,
  message: '',
  cause: null,
  playbook: null,
  engine: 'rules',
  confidence: 1,
  candidates_tried: 1,
  attempts: [],
  total_ms: 1,
  patch: '',
  files: [],
  lessons,
});

describe('the file of a memory', () => {
  it('is read as it was written, and leaves nothing else behind', async () => {
    await writeMemory(path, SOME);
    await expect(readMemory(path)).resolves.toEqual({ memory: SOME });
    expect(await readdir(join(root, 'kept'))).toEqual(['memory.json']);
  });

  it('is empty when there is none', async () => {
    await expect(readMemory(path)).resolves.toEqual({ memory: NO_MEMORY });
  });

  it.each([
    ['half a file', '{"version":1,"rec'],
    ['another version', '{"version":2,"records":[]}'],
    ['fields that are not ours', JSON.stringify({ version: 1, records: [{ ...SOME.records[0], path: 7 }] })],
  ])('is set aside with a note when it is %s', async (_, text) => {
    await mkdir(join(root, 'kept'));
    await writeFile(path, text);
    await expect(readMemory(path)).resolves.toEqual({ memory: NO_MEMORY, note: expect.stringContaining(`${path}.broken`) });
    expect(await readFile(`${path}.broken`, 'utf8')).toBe(text);
    await expect(readMemory(path)).resolves.toEqual({ memory: NO_MEMORY });
  });

  it('is not followed through a symbolic link', async () => {
    await mkdir(join(root, 'kept'));
    await writeMemory(join(root, 'elsewhere.json'), SOME);
    await symlink(join(root, 'elsewhere.json'), path);
    await expect(readMemory(path)).resolves.toMatchObject({ memory: NO_MEMORY, note: expect.any(String) });
  });

  it('is gone when it is forgotten, twice too', async () => {
    await writeMemory(path, SOME);
    await forgetMemory(path);
    await forgetMemory(path);
    await expect(readMemory(path)).resolves.toEqual({ memory: NO_MEMORY });
  });
});

describe('the place of a memory', () => {
  it('is inside .git, the same for a part of the repository and for all its work trees, and the tree stays clean', async () => {
    await mkdir(join(root, 'part'));
    await writeFile(join(root, 'part', 'a.js'), '1;\n');
    await initRepository(root, 'first');
    await git(root, ['worktree', 'add', '--detach', join(root, 'part', 'tree')]);
    const own = join(root, '.git', 'selfheal', 'memory.json');
    for (const place of [root, join(root, 'part'), join(root, 'part', 'tree')]) await expect(memoryPath(place)).resolves.toBe(own);
    await git(root, ['worktree', 'remove', join(root, 'part', 'tree')]);
    await writeMemory(own, SOME);
    expect(await git(root, ['status', '--porcelain', '--ignored'])).toBe('');
  });

  it('is outside the directory without git, another for each', async () => {
    const [one, other] = [await memoryPath(root), await memoryPath(join(root, 'x'))];
    expect(one).not.toBe(other);
    for (const place of [one, other]) expect(place.startsWith(root)).toBe(false);
  });
});

describe('remembering a heal', () => {
  const failed: Lesson = { ...LESSON, outcome: 'failed' };

  it('counts a proven fix only when it was applied, and what failed always', async () => {
    await rememberHeal({ root, report: healed(failed, LESSON), applied: false, at: AT, path });
    expect((await readMemory(path)).memory.records.map(({ outcome }) => outcome)).toEqual(['failed']);
    await rememberHeal({ root, report: healed(LESSON), applied: true, at: AT, path });
    expect((await readMemory(path)).memory.records.map(({ outcome }) => outcome)).toEqual(['failed', 'proven']);
  });

  it('writes nothing when there is nothing to remember', async () => {
    await rememberHeal({ root, report: healed(), applied: true, at: AT, path });
    expect(await readdir(root)).toEqual([]);
  });

  it('fails no heal where it cannot write', async () => {
    await writeFile(join(root, 'kept'), 'a file');
    await expect(rememberHeal({ root, report: healed(LESSON), applied: true, at: AT, path })).resolves.toContain('could not be remembered');
  });
});
