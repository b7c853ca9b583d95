export type { Lesson, Memory, MemoryRecord } from './memory.js';
export { type Overview, overviewOf } from './overview.js';
export { memoryPath } from './place.js';
export { rememberHeal } from './remember-heal.js';
export { forgetMemory, readMemory } from './store.js';
