import { describe, expect, it } from '@jest/globals';
import { planConsumers } from './consumers.js';

describe('planConsumers', () => {
  it('makes one durable consumer an event type, so that no server needs several filters', () => {
    expect(planConsumers('rca', ['HEALING_STARTED', 'RETRY_REQUESTED'])).toMatchObject([
      { durable: 'rca-HEALING_STARTED', stream: 'HEALING', filter: 'healing.*.HEALING_STARTED.*', ordered: false },
      { durable: 'rca-RETRY_REQUESTED', stream: 'HEALING', filter: 'healing.*.RETRY_REQUESTED.*', ordered: false },
    ]);
  });

  it('gives a handler of everything the whole stream, in order, one at a time', () => {
    expect(planConsumers('coordinator', ['*'])).toMatchObject([
      { durable: 'coordinator-ALL', filter: 'healing.>', concurrency: 1, ordered: true },
    ]);
  });

  it('refuses a service that leaves out what the pipeline table lets it hear', () => {
    expect(() => planConsumers('rca', ['HEALING_STARTED'])).toThrow('rca must hear RETRY_REQUESTED');
  });

  it('refuses a handler of what the pipeline table does not let it hear', () => {
    expect(() => planConsumers('patcher', ['RCA_READY', 'HEALED'])).toThrow('patcher handles HEALED');
  });
});
