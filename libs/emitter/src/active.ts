import type { Emitter } from './emitter.js';

/** On the global object, so that two copies of this package in one process are still one emitter. */
const ACTIVE = Symbol.for('selfheal.emitter');
const home = globalThis as { [ACTIVE]?: Pick<Emitter, 'capture'> };

export const activeEmitter = (): Pick<Emitter, 'capture'> | undefined => home[ACTIVE];

export function setActiveEmitter(emitter: Pick<Emitter, 'capture'>): void {
  home[ACTIVE] = emitter;
}
