import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { searchPath } from './config.js';

/** The first executable of that name on PATH (and in the sbin directories that Debian's servers are in). */
export function which(program: string): string | undefined {
  return searchPath()
    .map((dir) => join(dir, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
