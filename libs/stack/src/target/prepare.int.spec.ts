import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headRevision, isClean } from '@selfheal/git';
import type { Fault } from '../faults.js';
import { applyFault } from './apply-fault.js';
import { prepareTarget, resetTarget } from './prepare.js';

const PATCH = `diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -1 +1 @@
-export const good = true;
+export const good = false;
`;
const fault: Fault = {
  name: 'bad',
  order: 1,
  title: 'Bad',
  family: 'logic',
  description: 'bad',
  request: { method: 'GET', path: '/', headers: {} },
  detect: 'emitter',
  breaks_types: false,
  patch: PATCH,
};

describe('a target prepared for the demo', () => {
  let dir: string;
  let from: string;
  let into: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'selfheal-target-'));
    from = join(dir, 'shop');
    into = join(dir, 'work', 'shop');
    await Promise.all(['src', 'faults/bad', 'node_modules/x'].map((path) => mkdir(join(from, path), { recursive: true })));
    await writeFile(join(from, 'src/a.ts'), 'export const good = true;\n');
    await writeFile(join(from, 'faults/bad/fault.patch'), PATCH);
    await writeFile(join(from, 'node_modules/x/index.js'), '');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is a clean work tree of its own with one commit, without the catalogue and what was installed', async () => {
    const { root, revision } = await prepareTarget({ from, into });
    expect(await headRevision(root)).toBe(revision);
    expect(await isClean(root)).toBe(true);
    expect(await readFile(join(root, 'src/a.ts'), 'utf8')).toBe('export const good = true;\n');
    await expect(readFile(join(root, 'faults/bad/fault.patch'))).rejects.toThrow(/ENOENT/);
    await expect(readFile(join(root, 'node_modules/x/index.js'))).rejects.toThrow(/ENOENT/);
  });

  it('takes a fault as a commit and goes back to the good bytes', async () => {
    const { root, revision } = await prepareTarget({ from, into });
    const bad = await applyFault(root, fault);
    expect(bad).not.toBe(revision);
    expect(await readFile(join(root, 'src/a.ts'), 'utf8')).toContain('false');
    expect(await isClean(root)).toBe(true);
    expect(await readFile(join(from, 'src/a.ts'), 'utf8')).toContain('true');

    expect(await resetTarget(root, revision)).toBe(true);
    expect(await readFile(join(root, 'src/a.ts'), 'utf8')).toContain('true');
    expect(await isClean(root)).toBe(true);
    expect(await resetTarget(root, revision)).toBe(false);
  });

  it('starts over when it is prepared again', async () => {
    const { root } = await prepareTarget({ from, into });
    await applyFault(root, fault);
    const again = await prepareTarget({ from, into });
    expect(await readFile(join(again.root, 'src/a.ts'), 'utf8')).toContain('true');
  });
});
