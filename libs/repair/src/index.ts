export { type Command, CommandNotFoundError, type Reproduction, reproduce, runCommand } from './command/index.js';
export type * from './command/recording.js';
export { fixRepository } from './fix.js';
export * from './memory/index.js';
export { type ChooseOracleSettings, chooseOracle } from './oracle/choose-oracle.js';
export type * from './oracle/oracle.js';
export type * from './report.js';
export { openSandbox, type Sandbox, SandboxTooLargeError, WorkTreeChangedError } from './sandbox/index.js';
export { listFiles } from './work-tree/list-files.js';
