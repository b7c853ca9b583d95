import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';
import { measured, say } from './progress.mjs';

/** Runs every `check:*` script of package.json, all of them even when one fails. Resolves with the exit code. */
export async function check() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const checks = Object.entries(scripts).filter(([name]) => name.startsWith('check:'));
  let failed = 0;
  for (const [name, script] of checks) {
    const { code, output, took } = await measured(name, 'sh', ['-c', script]);
    if (code === 0) continue;
    if (code > 128) return code;
    failed += 1;
    say(`${output}\n${name} failed after ${took}`);
  }
  say(failed === 0 ? `${checks.length} checks passed` : `${failed} of ${checks.length} checks failed`);
  return failed === 0 ? 0 : 1;
}
