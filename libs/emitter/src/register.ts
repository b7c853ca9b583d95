/**
 * `node --import @selfheal/emitter/register server.js`: captures failures of the service and publishes them. Does
 * nothing unless `NATS_URL` and `SELFHEAL_SERVICE` are set, and nothing in a sandbox (`SELFHEAL_SANDBOX`).
 */
import { isMainThread } from 'node:worker_threads';
import { activeEmitter, setActiveEmitter } from './active.js';
import { guarded } from './capture/guard.js';
import { readConfig } from './emitter.config.js';
import { Emitter } from './emitter.js';

guarded(() => {
  const config = isMainThread && !activeEmitter() ? readConfig() : undefined;
  if (!config) return;
  const emitter = new Emitter(config);
  emitter.observe();
  setActiveEmitter(emitter);
});
