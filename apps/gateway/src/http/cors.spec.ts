import { describe, expect, it } from '@jest/globals';
import { allowedOrigins } from './cors.js';

describe('allowedOrigins', () => {
  it('is any, or those that are named', () => {
    expect(allowedOrigins('*')).toBe('*');
    expect(allowedOrigins('https://a.example, https://b.example')).toEqual(['https://a.example', 'https://b.example']);
  });

  const [loopback] = allowedOrigins('loopback') as [RegExp];

  it.each(['http://localhost:3000', 'http://127.0.0.1:40123', 'https://localhost', 'http://[::1]:80'])(
    'takes %s for loopback',
    (origin) => {
      expect(loopback.test(origin)).toBe(true);
    },
  );

  it.each([
    'http://localhost.evil.example',
    'http://evil.example/http://localhost',
    'http://127.0.0.1.evil.example',
    'null',
    'http://localhost:1@evil.example',
  ])('does not take %s for loopback', (origin) => {
    expect(loopback.test(origin)).toBe(false);
  });
});
