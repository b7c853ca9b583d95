import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tmpDir } from '@selfheal/testing';
import { claimRunDir } from './run-dir.js';

describe('claimRunDir', () => {
  it('gives a second run a folder of its own, which goes with it', async () => {
    const base = await tmpDir();
    const first = await claimRunDir(base);
    const second = await claimRunDir(base);
    expect(first).toMatchObject({ dir: base, temporary: false });
    expect(second.temporary).toBe(true);
    expect(second.dir.startsWith(join(base, 'runs'))).toBe(true);
    await second.release();
    expect(existsSync(second.dir)).toBe(false);
    await first.release();
    expect((await claimRunDir(base)).dir).toBe(base);
  });

  it('takes over the lock of a run that crashed', async () => {
    const base = await tmpDir();
    // Above every platform's largest pid.
    await writeFile(join(base, 'lock'), '4194999');
    expect((await claimRunDir(base)).dir).toBe(base);
  });
});
