export * from './builders/events.js';
export * from './builders/ids.js';
export * from './builders/parts.js';
export { tmpDir } from './tmp-dir.js';
export { type TestNats, useNats } from './use-nats.js';
export { type TestPostgres, usePostgres } from './use-postgres.js';
export { expectMessage, NotSeen, waitForEvent } from './wait-for-event.js';
