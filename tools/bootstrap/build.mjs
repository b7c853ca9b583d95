import { join } from 'node:path';
import { root } from './process.mjs';
import { quietly } from './progress.mjs';

/** Builds what changed since the last time (Nx caches the rest). */
export const build = () =>
  quietly('building', join(root, 'node_modules', '.bin', 'nx'), ['run-many', '-t', 'build', '--output-style=static'], { announce: true });
