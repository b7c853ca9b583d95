import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, serviceConfig } from './config.js';

describe('loadConfig', () => {
  it('fills in defaults, takes empty values for missing ones, and splits lists', () => {
    expect(loadConfig(serviceConfig, { NATS_URL: '', SELFHEAL_TARGETS: ' /a ,,/b' })).toMatchObject({
      NATS_URL: 'nats://127.0.0.1:4222',
      LOG_LEVEL: 'info',
      SELFHEAL_TARGETS: ['/a', '/b'],
    });
  });

  it('names every variable that is wrong at once, and no value', () => {
    const env = { NATS_URL: 'http://user:hunter2@host', HEALTH_PORT: '99999', LOG_LEVEL: 'hunter2', NATS_REPLICAS: 'hunter2' };
    const load = () => loadConfig(serviceConfig, env);
    expect(load).toThrow(ConfigError);
    for (const name of Object.keys(env)) expect(load).toThrow(new RegExp(`\\n {2}${name}: `));
    expect(load).not.toThrow(/hunter2/);
  });
});
