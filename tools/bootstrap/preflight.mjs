import { spawnSync } from 'node:child_process';
import { Failed } from './process.mjs';

/** What must be on the machine before anything can be installed. All that is missing is said at once. */
export function preflight() {
  const missing = [];
  if (Number(process.versions.node.split('.')[0]) < 20) {
    missing.push(`Node.js >= 20 is needed, this is ${process.versions.node} (https://nodejs.org/en/download)`);
  }
  const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
  if (git.error || git.status !== 0) missing.push('git is needed and was not found on PATH (https://git-scm.com/downloads)');
  if (missing.length > 0) throw new Failed(missing.join('\n'));
}
