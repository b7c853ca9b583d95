export * from './errors.js';
export { startNats } from './nats/start.js';
export type { Nats, NatsOptions } from './nats/types.js';
export { startPostgres } from './postgres/start.js';
export type { Postgres, PostgresOptions } from './postgres/types.js';
export { isAlive } from './process/alive.js';
export { ProcessGroup } from './process/group.js';
export type { Ready } from './process/ready.js';
export { type Exit, type ManagedProcess, type ProcessSpec, spawnProcess } from './process/spawn.js';
