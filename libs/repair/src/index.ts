export { fixRepository } from './fix.js';
export * from './memory/index.js';
export type * from './report.js';
export { listFiles } from './work-tree/list-files.js';
