import { describe, expect, it } from '@jest/globals';
import { isSecretName } from './names.js';
import { REDACTED, redactBody, redactHeader, redactJson, redactText, redactUrl } from './redact.js';

/** Planted secrets, put together at run time so that no scanner takes this file for a leak. */
const planted: [kind: string, secret: string][] = [
  ['AWS access key', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ['AWS temporary key', `ASIA${'IOSFODNN7EXAMPLE'}`],
  ['GitHub token', `ghp_${'a1B2'.repeat(9)}`],
  ['GitHub fine-grained token', `github_pat_${'a1B2'.repeat(9)}`],
  ['GitLab token', `glpat-${'a1B2'.repeat(5)}`],
  ['Slack token', `xoxb-${'1234567890'}-abcdef`],
  ['Slack webhook', `https://hooks.slack.com/services/${'T0/B0/xyz'}`],
  ['Stripe key', `sk_live_${'a1B2'.repeat(6)}`],
  ['Anthropic key', `sk-ant-${'a1B2'.repeat(8)}`],
  ['OpenAI key', `sk-proj-${'a1B2'.repeat(8)}`],
  ['Google key', `AIza${'a1B2'.repeat(9)}`],
  ['npm token', `npm_${'a1B2'.repeat(9)}`],
  ['SendGrid key', `SG.${'a1B2'.repeat(5)}.${'a1B2'.repeat(5)}`],
  ['JWT', `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxIn0'}.${'c2lnbmF0dXJl'}`],
  ['card number', '4111 1111 1111 1111'],
  ['card number with dashes', '5500-0000-0000-0004'],
  ['card number of 15 digits', '378282246310005'],
  ['PEM key', `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'}\n-----END RSA PRIVATE KEY-----`],
  ['PEM key cut short', `-----BEGIN PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'}`],
];
const labelled: [kind: string, text: string, secret: string][] = [
  ['Bearer token', 'Authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
  ['Basic credentials', 'Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['password in a URL', 'postgres://app:hunter22@db:5432/shop', 'hunter22'],
  ['password assignment', 'connect failed: password=hunter22 host=db', 'hunter22'],
  ['JSON in a message', '{"client_secret":"hunter22"}', 'hunter22'],
  ['API key assignment', 'API_KEY: hunter22', 'hunter22'],
];

describe('redactText', () => {
  it.each(planted)('takes out a %s', (_kind, secret) => {
    const clean = redactText(`before ${secret} after`);
    expect(clean).not.toContain(secret);
    expect(clean).toContain(REDACTED);
    expect(clean).toContain('before ');
  });

  it.each(labelled)('takes out a %s', (_kind, text, secret) => {
    expect(redactText(text)).not.toContain(secret);
    expect(redactText(text)).toContain(REDACTED);
  });

  it.each([
    "Cannot read properties of null (reading 'city')",
    'at toOrderResponse (src/orders/mapper.ts:7:25)',
    'order 1234567890123456 does not exist',
    'config.shippingRates has no key "express"',
    'Unexpected token } in JSON at position 12',
  ])('leaves %s as it is', (text) => expect(redactText(text)).toBe(text));

  it('takes linear time on hostile text', () => {
    const started = performance.now();
    for (const part of ['-----BEGIN ', 'token=', 'eyJaaaaa.', '://a:', '1 ', 'Bearer ', 'a']) redactText(part.repeat(65_536 / part.length));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('secrets by name', () => {
  it.each([
    'authorization',
    'Proxy-Authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'X-Auth-Token',
    'x-client-secret',
    'x-signing-key',
  ])('header %s', (name) => expect(redactHeader(name, 'abc')).toBe(REDACTED));
  it.each(['password', 'userPassword', 'accessToken', 'refresh_token', 'clientSecret', 'apiKey', 'api_key', 'key', 'cvv', 'cardNumber'])(
    'field %s',
    (name) => expect(isSecretName(name)).toBe(true),
  );
  it.each(['keyboard', 'monkey', 'idempotency-key', 'Idempotency-Key', 'name', 'accept', 'productId', 'total'])('but not %s', (name) =>
    expect(isSecretName(name)).toBe(false),
  );
});

describe('bodies', () => {
  it('redacts JSON fields at any depth and leaves the rest', () => {
    const body = {
      user: { password: 'x', roles: [{ token: 'y', name: 'admin' }] },
      note: 'pay 4111111111111111',
      card: 4111111111111111,
      n: null,
    };
    expect(redactJson(body)).toEqual({
      user: { password: REDACTED, roles: [{ token: REDACTED, name: 'admin' }] },
      note: `pay ${REDACTED}`,
      card: REDACTED,
      n: null,
    });
  });
  it('keeps the bytes of a body without secrets', () => {
    const body = '{ "a" : 1.0 }';
    expect(redactBody(body, 'application/json')).toBe(body);
  });
  it('redacts forms, and text that only looks like JSON', () => {
    expect(redactBody('user=ada&password=x%26y', 'application/x-www-form-urlencoded')).toBe('user=ada&password=%5BREDACTED%5D');
    expect(redactBody('{"password":"hunter22"', 'application/json')).not.toContain('hunter22');
  });
  it('survives nesting that has no end', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(redactBody(deep, 'application/json')).toContain(REDACTED);
  });
  it('redacts the query of a request target', () => {
    expect(redactUrl('/reset?token=abc&page=2')).toBe('/reset?token=%5BREDACTED%5D&page=2');
    expect(redactUrl('/orders?customer=ada@example.com')).toBe('/orders?customer=ada@example.com');
  });
});
