import { node24, runToEnd } from './process.mjs';

/** Runs a script under Node 24 in our terminal. Resolves with its exit code. */
export const run = (args, options) => runToEnd(node24(), args, options);
