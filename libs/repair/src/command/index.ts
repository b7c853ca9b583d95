export type { Command } from './command.js';
export { CommandNotFoundError } from './errors.js';
export { failuresOf } from './judge-run.js';
export { parseOutput } from './parse/parse-output.js';
export type { RecordLevel } from './recorder.js';
export { type ReproduceOptions, reproduce } from './reproduce.js';
export type { Reproduction } from './reproduction.js';
export { type RunCommandOptions, runCommand } from './run-command.js';
