import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config';

describe('readConfig', () => {
  it('takes the address without its trailing slash', () => {
    expect(readConfig({ GATEWAY_URL: 'https://heal.example/base/' })).toEqual({ gatewayUrl: 'https://heal.example/base' });
  });

  it.each(['javascript:alert(1)', 'nonsense', 'file:///etc/passwd'])('refuses %s and names the variable', (url) => {
    expect(() => readConfig({ GATEWAY_URL: url })).toThrow(/GATEWAY_URL/);
  });
});
