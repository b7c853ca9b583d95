import { describe, expect, it } from '@jest/globals';
import type { TestRun } from '../oracle/oracle.js';
import { neededHost } from './network.js';
import type { Recording } from './recording.js';
import { normalise, signatureOf } from './signature.js';

const recording = (run: Partial<TestRun>, exitCode = 1): Recording => ({
  run: { outcome: 'failed', tests: [], ms: 1, ...run },
  processes: [],
  coverage: [],
  exitCode,
  signal: null,
  orphans: 0,
  output: '',
});
const error = (message: string, stack = '') => ({ name: 'Error', message, stack });

describe('signatureOf', () => {
  it('is the failing tests in any order, whatever they say', () => {
    const a = recording({
      tests: [
        { id: 'a', state: 'failed', error: error('1') },
        { id: 'b', state: 'failed' },
        { id: 'c', state: 'passed' },
      ],
    });
    const b = recording({
      tests: [
        { id: 'b', state: 'failed' },
        { id: 'a', state: 'failed', error: error('2') },
      ],
    });
    expect(signatureOf(a)).toBe(signatureOf(b));
    expect(signatureOf(a)).not.toBe(signatureOf(recording({ tests: [{ id: 'a', state: 'failed' }] })));
  });
  it('is the error without what differs anyway, else the exit code', () => {
    expect(signatureOf(recording({ error: error('no answer from 127.0.0.1:45123 after 12 ms') }))).toBe(
      signatureOf(recording({ error: error('no answer from 127.0.0.1:34021 after 9.5 ms') })),
    );
    expect(signatureOf(recording({ error: error('a is 1') }))).not.toBe(signatureOf(recording({ error: error('a is 2') })));
    expect(signatureOf(recording({}, 1))).not.toBe(signatureOf(recording({}, 2)));
  });
});

describe('normalise', () => {
  it.each([
    ['at 2026-11-22T22:33:18.123Z and 22:33:18', 'at <time> and <time>'],
    ['in /tmp/selfheal-x1/a.js: gone', 'in <temp>: gone'],
    ['object 0x7ffe12ab of pid 4312', 'object <address> of pid <pid>'],
    ['id 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'id <uuid>'],
    ['localhost:3000, port 8080', 'localhost:<port>, port <port>'],
    ['expected 12 to equal 13', 'expected 12 to equal 13'],
  ])('%s', (text, plain) => expect(normalise(text)).toBe(plain));
});

describe('neededHost', () => {
  it.each([
    ['getaddrinfo ENOTFOUND api.example.com', 'api.example.com'],
    ['getaddrinfo EAI_AGAIN registry.npmjs.org', 'registry.npmjs.org'],
    ['connect ECONNREFUSED 93.184.216.34:443', '93.184.216.34'],
    ['connect ECONNREFUSED 127.0.0.1:5432', undefined],
    ['connect ECONNREFUSED ::1:5432', undefined],
    ['getaddrinfo ENOTFOUND localhost', undefined],
    ['expected ENOTFOUND', undefined],
  ])('%s', (message, host) => expect(neededHost([error(message)])).toBe(host));
  it('reads the cause of a failed fetch', () => {
    expect(
      neededHost([error('fetch failed', 'TypeError: fetch failed\n    at x {\n  [cause]: Error: getaddrinfo ENOTFOUND a.example\n')]),
    ).toBe('a.example');
  });
  it('does not blame the network when another failure is about something else', () => {
    expect(neededHost([error('getaddrinfo ENOTFOUND a.example'), error('1 is not 2')])).toBeUndefined();
    expect(neededHost([])).toBeUndefined();
  });
});
