import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { configKey } from './index.js';

const files = (config: string, read: string) => ({
  'src/config.ts': `export const config = ${config};\n`,
  'src/app.ts': `import { config } from './config.js';\napp.get('/a', () => ({ a: ${read} }));\n`,
});
const GET = { route: 'GET /a' };

describe('config-key', () => {
  it('reads the key that there is, or gives it the name that is read', () => {
    const { after, diagnosis } = heal(configKey, {
      files: files('{ http: { timeoutMs: 100, retries: 3 } }', 'config.http.timoutMs'),
      failure: GET,
    });
    expect(after[0]).toContain('config.http.timeoutMs');
    expect(after.some((text) => text.includes('{ timoutMs: 100'))).toBe(true);
    expect(diagnosis).toMatchObject({ category: 'configuration', evidence: [{ kind: 'config' }] });
  });

  it.each([
    ["config.rates has no key 'overnight'", '{ rates: { standard: 1, overnigth: 2 } }', '{ rates: { standard: 1, overnight: 2 } }'],
    ['Missing configuration: databaseUrl', '{ databaseURl: 1, port: 2 }', '{ databaseUrl: 1, port: 2 }'],
    ["option 'max-age' is required", "{ 'max-aeg': 1 }", "{ 'max-age': 1 }"],
  ])('renames the definition that the failure names: %s', (message, before, after) => {
    expect(heal(configKey, { files: files(before, 'read(config)'), failure: { ...GET, error: { message } } }).after[0]).toBe(
      files(after, '')['src/config.ts'],
    );
  });

  // https://github.com/alexfernandez/loadtest/issues/166: the option is written timeOut and read timeout.
  it('sees a key in another case', () => {
    const { after } = heal(configKey, { files: files('{ timeOut: 1000, url: 1 }', 'config.timeout'), failure: GET });
    expect(after[0]).toContain('config.timeOut');
    expect(after.some((text) => text.includes('{ timeout: 1000'))).toBe(true);
  });

  it('does not rename a key that is there', () => {
    const failure = { ...GET, error: { message: "rates 'standard' and 'standards' differ" } };
    expect(heal(configKey, { files: files('{ standard: 1 }', 'config.standard'), failure }).after).toEqual([]);
  });

  it('does not take other objects for configuration', () => {
    const source = "const order = { total: 1 };\napp.get('/a', () => order.totl);\n";
    expect(heal(configKey, { files: { 'src/a.ts': source }, failure: GET }).diagnosis).toBeNull();
  });
});
