import { describe, expect, it } from '@jest/globals';
import { readConfig } from './emitter.config.js';

const good = { NATS_URL: 'nats://127.0.0.1:4222', SELFHEAL_SERVICE: 'shop' };

describe('readConfig', () => {
  it.each([
    ['no broker', { SELFHEAL_SERVICE: 'shop' }],
    ['no service', { NATS_URL: 'nats://x' }],
    ['a sandbox', { ...good, SELFHEAL_SANDBOX: '1' }],
  ])('is nothing with %s', (_what, env) => expect(readConfig(env)).toBeUndefined());

  it('takes credentials out of the addresses', () => {
    expect(readConfig({ ...good, NATS_URL: 'nats://a%40b:p%2Fw@h1:4222, h2:4223' })).toMatchObject({
      servers: ['h1:4222', 'h2:4223'],
      user: 'a@b',
      pass: 'p/w',
    });
  });

  it.each([
    ['SELFHEAL_SERVICE', { SELFHEAL_SERVICE: 'a.b' }],
    ['SELFHEAL_OBJECTIVE_MS', { SELFHEAL_OBJECTIVE_MS: 'fast' }],
    ['NATS_URL', { NATS_URL: 'nats://:::' }],
  ])('names %s when it is wrong', (name, env) => expect(() => readConfig({ ...good, ...env })).toThrow(name));
});
