import { describe, expect, it } from '@jest/globals';
import type { Case } from '../shared/case.js';
import { heal } from '../shared/case.js';
import { configValue } from './index.js';

const run = (
  files: Record<string, string>,
  error: { name?: string; message: string; code?: string },
  more: Partial<Case['failure']> = {},
) => heal(configValue, { files, failure: { ...more, error } });
const PORT = (received: string) => ({
  name: 'RangeError',
  code: 'ERR_SOCKET_BAD_PORT',
  message: `options.port should be >= 0 and < 65536. Received ${received}.`,
});
const INVALID = (input: string) => ({ name: 'TypeError', message: `Failed to parse URL from ${input}` });

describe('config-value', () => {
  it.each([
    // github.com/qishibo/AnotherRedisDesktopManager/issues/386: 67399 was typed, 63799 was meant.
    ['two digits swapped', 'type number (67399)', '{ "redis": { "port": 67399 } }', '{ "redis": { "port": 63799 } }'],
    ['one digit too many', 'type number (80800)', '{ "port": 80800 }', '{ "port": 8080 }'],
    // github.com/soketi/charts/issues/18: "Received udp://10.43.244.58:11002", the address where the port is wanted.
    ['an address', "type string ('udp://10.43.244.58:11002')", '{ "port": "udp://10.43.244.58:11002" }', '{ "port": "11002" }'],
    ['a letter', "type string ('3OO0')", '{ "port": "3OO0" }', '{ "port": "3000" }'],
  ])('corrects a port: %s', (_name, received, before, after) => {
    const files = { 'config.json': before, 'README.yml': 'redis: localhost:63799\n' };
    expect(run(files, PORT(received)).after[0]).toBe(after);
  });

  it.each([
    // github.com/nodejs/node/issues/2465: of localhost:8080 the parser takes "localhost:" for the scheme.
    ['localhost:8080/api', 'http://localhost:8080/api'],
    // github.com/node-fetch/node-fetch/issues/221: http:/decoraid:3002/…
    ['http:/decoraid:3002/api/v0.1', 'http://decoraid:3002/api/v0.1'],
    ['api.example.com/v1', 'https://api.example.com/v1'],
    ['htpps://api.example.com', 'https://api.example.com'],
    ['http//api.example.com', 'http://api.example.com'],
    ['10.0.0.1:80', 'http://10.0.0.1:80'],
  ])('corrects the URL %s', (before, after) => {
    const { after: texts, diagnosis } = run(
      { 'config.yaml': `api: # upstream\n  url: ${before}   # of staging\n` },
      INVALID(`${before}/users`),
    );
    expect(texts[0]).toBe(`api: # upstream\n  url: ${after}   # of staging\n`);
    expect(diagnosis?.category).toBe('configuration');
  });

  it('takes away the slash that makes two of it', () => {
    const files = { '.env': 'API_URL=https://api.example.com/v1/ # with a slash\n' };
    expect(run(files, { message: 'GET https://api.example.com/v1//users: 404 Not Found' }).after[0]).toBe(
      'API_URL=https://api.example.com/v1 # with a slash\n',
    );
  });

  it.each([
    ['a number as text', '{ "retries": "3" }', { expected: 'number', received: 'string' }, '{ "retries": 3 }'],
    ['a boolean as text', '{ "retries": "true" }', { expected: 'boolean', received: 'string' }, '{ "retries": true }'],
    ['text as a number', '{ "retries": 3 }', { expected: 'string', received: 'number' }, '{ "retries": "3" }'],
  ])('corrects the type: %s', (_name, before, issue, after) => {
    const error = {
      name: 'ZodError',
      message: 'invalid configuration',
      issues: [{ path: ['retries'], code: 'invalid_type', message: 'Invalid input', ...issue }],
    };
    expect(heal(configValue, { files: { 'config.json': before }, failure: { error } }).after[0]).toBe(after);
  });

  it('converts what the environment gives as text where it is read', () => {
    const files = { 'a.js': 'setTimeout(f, process.env.WAIT_MS);\nagent.setTimeout(process.env.WAIT_MS);\n', '.env': 'WAIT_MS=3000\n' };
    const error = {
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_TYPE',
      message: 'The "msecs" argument must be of type number. Received type string (\'3000\')',
    };
    expect(run(files, error).after).toContain('setTimeout(f, process.env.WAIT_MS);\nagent.setTimeout(Number(process.env.WAIT_MS));\n');
  });

  // github.com/resgateio/resgate/issues/59: one timeout in milliseconds, the other in seconds; "if < 10, seconds will be assumed".
  it('turns seconds into milliseconds, in the file or where a key that says seconds is read', () => {
    const error = { name: 'AxiosError', message: 'timeout of 30ms exceeded' };
    expect(run({ 'config.yml': 'http:\n  timeout: 30 # per request\n' }, error).after[0]).toBe('http:\n  timeout: 30000 # per request\n');
    const files = {
      'a.js': "const config = require('./config.json');\nget(config.timeoutSeconds);\n",
      'config.json': '{"timeoutSeconds":30}',
    };
    expect(run(files, error).after).toEqual([files['a.js'].replace('(config.timeoutSeconds)', '(config.timeoutSeconds * 1000)')]);
  });

  it.each([
    ['a good port', { 'config.json': '{ "port": 8080 }' }, PORT('type number (99999)')],
    ['a port of which nobody complains', { 'config.json': '{ "port": 99999 }' }, { message: 'it broke' }],
    ['a good URL', { 'config.json': '{ "url": "https://a.example" }' }, INVALID('x')],
    ['a long time limit', { 'config.json': '{ "timeout": 5000 }' }, { message: 'timeout of 5000ms exceeded' }],
    ['a number that is one', { 'config.json': '{ "retries": 3 }' }, { message: 'retries must be a number' }],
  ])('leaves alone %s', (_name, files, error) => {
    expect(run(files, error).diagnosis).toBeNull();
  });
});
