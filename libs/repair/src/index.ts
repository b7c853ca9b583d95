export type * from './command/recording.js';
export type * from './oracle/oracle.js';
export type * from './report.js';
