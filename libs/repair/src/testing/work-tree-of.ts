import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';

const made: string[] = [];

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
});

/** A new directory with these files (path → text), deleted after the test; its real path. `name` is its base name. */
export function workTreeOf(files: Readonly<Record<string, string>>, name = 'work'): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'selfheal-repair-spec-')));
  made.push(home);
  const root = join(home, name);
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A new directory outside of any work tree, deleted after the test. */
export function emptyDir(): string {
  return workTreeOf({}, 'outside');
}
