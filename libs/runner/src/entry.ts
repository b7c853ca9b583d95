import { fileURLToPath } from 'node:url';

/** Absolute path of the built runner, for who spawns it: `node runnerEntry -- node [options] script [args]`. */
export const runnerEntry: string = fileURLToPath(new URL('../dist/main.js', import.meta.url));
