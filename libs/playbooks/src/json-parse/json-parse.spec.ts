import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { jsonParse } from './index.js';

const failure = { error: { name: 'SyntaxError', message: 'Unexpected end of JSON input' } };

describe('json-parse', () => {
  it('takes empty text for an empty object, by a guard or by a default', () => {
    const source = 'export function body(text: string) {\n  return JSON.parse(text);\n}\n';
    const { after, diagnosis } = heal(jsonParse, { files: { 'a.ts': source }, failure, at: ['a.ts', 'parse('] });
    expect(after[0]).toBe("export function body(text: string) {\n  if (text.trim() === '') return {};\n  return JSON.parse(text);\n}\n");
    expect(after[1]).toBe(source.replace('(text);', "(text.trim() || '{}');"));
    expect(after).toContain(
      'export function body(text: string) {\n  try {\n    return JSON.parse(text);\n  } catch {\n    return undefined;\n  }\n}\n',
    );
    expect(diagnosis?.confidence).toBeGreaterThan(0.9);
  });

  it('finds the parse without a stack, and keeps an expression whole', () => {
    const source = 'const x = JSON.parse(await read(file));\n';
    expect(heal(jsonParse, { files: { 'a.ts': source }, failure }).after[0]).toBe(
      "const x = JSON.parse((await read(file)).trim() || '{}');\n",
    );
  });

  // https://github.com/markau/express-sanitizer/issues/6: what is parsed is empty when everything was stripped.
  it('takes what a function made empty for an empty object', () => {
    const source = 'app.use((req) => {\n  const body = req.sanitize(JSON.stringify(req.body));\n  req.body = JSON.parse(body);\n});\n';
    expect(heal(jsonParse, { files: { 'a.js': source }, failure, at: ['a.js', 'parse(body'] }).after).toContain(
      source.replace('parse(body)', "parse(body.trim() || '{}')"),
    );
  });

  it('says nothing of other syntax errors, nor without a parse', () => {
    expect(
      heal(jsonParse, { files: { 'a.ts': 'JSON.parse(x);\n' }, failure: { error: { name: 'Error', message: 'no' } } }).diagnosis,
    ).toBeNull();
    expect(heal(jsonParse, { files: { 'a.ts': 'Schema.parse(x);\n' }, failure }).diagnosis).toBeNull();
  });
});
