import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

/** Put together here so that no scanner takes this file for a leak. */
const many = (n: number, of = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zZ') => of.repeat(8).slice(0, n);
const upper = (n: number) => 'Q3W5E7R2T4Y6U2I7'.replace(/[0189]/g, 'A').slice(0, n);
const literal = (value: string): [string, string] => ['export {};\n', `const x = ${JSON.stringify(value)};\nexport {};\n`];
const line = (text: string): [string, string] => ['export {};\n', `${text}\nexport {};\n`];

const HOSTILE: [string, [string, string], string?][] = [
  ['an AWS access key', literal(`AKIA${upper(16)}`)],
  ['a GitHub token', literal(`ghp_${many(36)}`)],
  ['a fine-grained GitHub token', literal(`github_pat_${many(40)}`)],
  ['a GitLab token', literal(`glpat-${many(20)}`)],
  ['a Slack token', literal(`xoxb-${many(24)}`)],
  ['a Stripe key', literal(`sk_live_${many(24)}`)],
  ['a Google key', literal(`AIza${many(35)}`)],
  ['a model key', literal(`sk-ant-${many(40)}`)],
  ['an npm token', literal(`npm_${many(36)}`)],
  ['a JSON Web Token', literal(`eyJ${many(20)}.eyJ${many(20)}.${many(20)}`)],
  ['a private key', line(`const k = \`-----BEGIN ${'RSA'} PRIVATE KEY-----\`;`)],
  ['a password in a URL', literal(`postgres://app:${many(12)}@db/x`)],
  ['a generated value for a secret', line(`const clientSecret = '${many(28)}';`)],
  ['a short password with digits', line("const db = { password: 'hunter2hunter' };")],
  ['a key in a comment', line(`// AKIA${upper(16)}`)],
  ['a key put together from pieces', line(`const k = 'AKIA' + '${upper(16)}';`)],
  ['a key put together by join', line(`const k = ['ghp_', '${many(36)}'].join('');`)],
  ['a secret in JSON', ['{}\n', `{"apiKey": "${many(28)}"}\n`], 'src/a.json'],
  ['a secret in YAML', ['a: 1\n', `a: 1\nauth_token: ${many(28)}\n`], 'src/a.yaml'],
];

describe('no_secrets', () => {
  it.each(HOSTILE.map(([name, change, path = 'src/a.ts']) => ({ name, change, path })))(
    'rejects $name and does not repeat it',
    ({ change: [before, after], path }) => {
      const verdict = evaluate(patchOf(before, after, path));
      expect(verdict.no_secrets).toBe(false);
      expect(JSON.stringify(verdict)).not.toMatch(/[A-Za-z0-9]{16}/);
    },
  );

  it.each<[string, [string, string]]>([
    ['a reference to the environment', line('const apiToken = process.env.API_TOKEN;')],
    ['a parameter with a telling name', line('const f = (token: string) => token.trim();')],
    ['a header name', line("const tokenHeader = 'x-csrf-token';")],
    ['a digest', literal('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')],
    ['a UUID', literal('123e4567-e89b-12d3-a456-426614174000')],
    ['a URL without a password', line("const docs = '/docs/token/refresh';")],
    ['a call for a secret', line("const secret = config.get('payments.secret.name');")],
    ['a secret that was there and moved', [`const k = 'ghp_${many(36)}';\nexport {};\n`, `export {};\nconst k = 'ghp_${many(36)}';\n`]],
  ])('accepts %s', (_, change) => {
    expect(evaluate(patchOf(...change)).checks.filter((c) => !c.passed)).toEqual([]);
  });
});
