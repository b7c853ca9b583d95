import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { schemaMismatch } from './index.js';

const SCHEMA = `import { z } from 'zod';
export const Invoice = z.object({ id: z.string(), totalCents: z.int(), status: z.enum(['open', 'paid']), issuedAt: z.string() });
`;
const route = (literal: string) => `import { Invoice } from './schema.js';
app.get('/invoices/:id', async (req) => {
  const row = await load(req.params.id);
  return Invoice.parse(${literal});
});
`;
const missing = (field: string) => ({
  route: 'GET /invoices/:id',
  error: {
    name: 'ZodError',
    message: 'invalid',
    issues: [{ path: [field], code: 'invalid_type', expected: 'number', message: 'Invalid input: expected number, received undefined' }],
  },
});
const wrong = (field: string, expected: string, received: string) => ({
  route: 'GET /invoices/:id',
  error: {
    name: 'ZodError',
    message: 'invalid',
    issues: [{ path: [field], code: 'invalid_type', expected, message: `Invalid input: expected ${expected}, received ${received}` }],
  },
});
const files = (literal: string) => ({ 'src/schema.ts': SCHEMA, 'src/routes.ts': route(literal) });

describe('schema-mismatch', () => {
  it.each([
    [
      'renames a key that the schema does not know',
      '{ id: row.id, total_cents: row.total, status: row.status, issuedAt: row.at }',
      '{ id: row.id, totalCents: row.total, status: row.status, issuedAt: row.at }',
    ],
    [
      'renames a key whose name is unlike, when it is the only one left over',
      '{ id: row.id, amount: row.total, status: row.status, issuedAt: row.at }',
      '{ id: row.id, totalCents: row.total, status: row.status, issuedAt: row.at }',
    ],
    ['keeps the value of a shorthand', '{ id, total_cents, status, issuedAt }', '{ id, totalCents: total_cents, status, issuedAt }'],
  ])('%s', (_name, before, after) => {
    const { diagnosis, after: texts } = heal(schemaMismatch, { files: files(before), failure: missing('totalCents') });
    expect(texts[0]).toBe(route(after));
    expect(diagnosis?.location?.file).toBe('src/routes.ts');
    expect(diagnosis?.confidence).toBeGreaterThan(0.6);
  });

  it('adds a field that was left out, from the variable of that name, in the place the schema gives it', () => {
    const before = files('{ id: row.id, status: row.status, issuedAt: row.at }');
    const source = before['src/routes.ts'].replace('return', 'const totalCents = row.total;\n  return');
    const { after } = heal(schemaMismatch, { files: { ...before, 'src/routes.ts': source }, failure: missing('totalCents') });
    expect(after).toContain(source.replace('id: row.id,', 'id: row.id, totalCents,'));
  });

  it.each([
    ['number', 'string', 'row.total.toFixed(2)', 'row.total'],
    ['number', 'string', 'String(row.total)', 'row.total'],
    ['number', 'string', 'row.total', 'Number(row.total)'],
    ['int', 'float', 'row.total', 'Math.round(row.total)'],
  ])('wants %s, gets %s: %s becomes %s', (expected, received, before, after) => {
    const literal = (value: string) => `{ id: row.id, totalCents: ${value}, status: row.status, issuedAt: row.at }`;
    const { after: texts } = heal(schemaMismatch, { files: files(literal(before)), failure: wrong('totalCents', expected, received) });
    expect(texts.slice(0, 2)).toContain(route(literal(after)));
  });

  // https://github.com/onetimesecret/onetimesecret/pull/2701: counters come as text from the store.
  it('makes numbers of counters that come as text', () => {
    const literal = (value: string) => `{ id: row.id, totalCents: ${value}, status: row.status, issuedAt: row.at }`;
    const { after } = heal(schemaMismatch, {
      files: files(literal('row.secrets_created')),
      failure: wrong('totalCents', 'number', 'string'),
    });
    expect(after).toContain(route(literal('Number(row.secrets_created)')));
  });

  it('says a date as text', () => {
    const literal = (value: string) => `{ id: row.id, totalCents: row.total, status: row.status, issuedAt: ${value} }`;
    const { after } = heal(schemaMismatch, { files: files(literal('row.at')), failure: wrong('issuedAt', 'string', 'Date') });
    expect(after[0]).toBe(route(literal('row.at.toISOString()')));
  });

  it('takes the nearest option of an enumeration', () => {
    const literal = (value: string) => `{ id: row.id, totalCents: row.total, status: ${value}, issuedAt: row.at }`;
    const issues = [{ path: ['status'], code: 'invalid_value', message: 'Invalid option: expected one of "open"|"paid"' }];
    const failure = { route: 'GET /invoices/:id', error: { name: 'ZodError', message: 'x', issues } };
    expect(heal(schemaMismatch, { files: files(literal("row.done ? 'payed' : 'open'")), failure }).after[0]).toBe(
      route(literal("row.done ? 'paid' : 'open'")),
    );
  });

  it('renames the schema’s key when it is the request that has another name', () => {
    const source =
      "const Body = z.object({ emailAddress: z.email(), name: z.string() });\napp.post('/users', async (req) => save(Body.parse(req.body)));\n";
    const { after } = heal(schemaMismatch, {
      files: { 'src/users.ts': source },
      failure: {
        ...missing('emailAddress'),
        route: 'POST /users',
        request: { method: 'POST', path: '/users', headers: {}, body: '{"email":"a@b.c","name":"A"}' },
      },
    });
    expect(after[0]).toBe(source.replace('emailAddress', 'email'));
  });

  it('reads the issues of a ZodError’s message, and fast-json-stringify’s words', () => {
    const literal = '{ id: row.id, total_cents: row.total, status: row.status, issuedAt: row.at }';
    const message = JSON.stringify([
      { path: ['totalCents'], code: 'invalid_type', message: 'Invalid input: expected number, received undefined' },
    ]);
    for (const text of [message, '"totalCents" is required!'])
      expect(
        heal(schemaMismatch, { files: files(literal), failure: { route: 'GET /invoices/:id', error: { message: text } } }).after[0],
      ).toContain('totalCents: row.total');
  });

  it('mends every field of one answer at once', () => {
    const failure = missing('totalCents');
    const issues = [
      ...failure.error.issues,
      { path: ['issuedAt'], code: 'invalid_type', message: 'Invalid input: expected string, received undefined' },
    ];
    const before = '{ id: row.id, total_cents: row.total, status: row.status, issued_at: row.at }';
    const { after } = heal(schemaMismatch, { files: files(before), failure: { ...failure, error: { ...failure.error, issues } } });
    expect(after[0]).toBe(route('{ id: row.id, totalCents: row.total, status: row.status, issuedAt: row.at }'));
  });

  it('has nothing to say without issues', () => {
    expect(heal(schemaMismatch, { files: files('{ id: row.id }'), failure: { route: 'GET /invoices/:id' } }).diagnosis).toBeNull();
  });
});
