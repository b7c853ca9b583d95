import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

const spec = "it('adds', () => {\n  expect(1 + 1).toBe(2);\n  expect(2 + 2).toBe(4);\n});\n";
const schema =
  'export const order = z.object({ id: z.string().min(1), n: z.number() }).strict();\nexport const read = (b: unknown) => order.parse(b);\n';
const passes = (before: string | null, after: string | null, path: string) =>
  evaluate(patchOf(before, after, path)).checks.find((c) => c.check === 'no_deleted_tests')?.passed;
type Row = [name: string, before: string | null, after: string | null, path?: string];
const rows = (list: Row[]) => list.map(([name, before, after, path = 'src/a.ts']) => ({ name, before, after, path }));

describe('no_deleted_tests', () => {
  it.each(
    rows([
      ['deletes a test file', spec, null, 'src/a.spec.ts'],
      ['removes an assertion', spec, spec.replace('  expect(2 + 2).toBe(4);\n', '')],
      ['removes a test', spec, ''],
      ['skips a test', spec, spec.replace('it(', 'it.skip(')],
      ['runs one test only', spec, spec.replace('it(', 'it.only(')],
      ['disables a test', spec, spec.replace('it(', 'xit(')],
      ['removes an assert', 'assert.equal(a, 1);\n', ';\n'],
      ['removes a parse', schema, schema.replace('order.parse(b)', 'b as never')],
      ['accepts any field', schema, schema.replace('z.number()', 'z.any()')],
      ['accepts an unknown field', schema, schema.replace('z.number()', 'z.unknown()')],
      ['lets fields pass through', schema, schema.replace('.strict()', '.passthrough()')],
      ['drops strictness', schema, schema.replace('.strict()', '')],
      ['lets a schema replace what is wrong', schema, schema.replace('z.number()', 'z.number().catch(0)')],
      ['casts to any', 'export const f = (a: string) => a.b;\n', 'export const f = (a: string) => (a as any).b;\n'],
      ['ignores a type error', 'const a = 1;\n', '// @ts-ignore\nconst a = 1;\n'],
      ['disables a lint rule', 'const a = 1;\n', '/* eslint-disable */\nconst a = 1;\n'],
      ['removes a refusal', "if (!a) throw new BadRequestException('a');\n", ';\n'],
      ['removes a validator', 'class A {\n  @IsEmail() mail = 1;\n}\n', 'class A {\n  mail = 1;\n}\n'],
    ]),
  )('rejects a patch that $name', ({ before, after, path }) => expect(passes(before, after, path)).toBe(false));

  it.each(
    rows([
      ['adds a test', null, spec, 'src/a.spec.ts'],
      ['adds an assertion', spec, spec.replace('});', '  expect(1).toBe(1);\n});')],
      ['makes a field nullable', schema, schema.replace('z.number()', 'z.number().nullable()')],
      ['makes a field optional', schema, schema.replace('z.number()', 'z.number().optional()')],
      ['renames a field of a schema', schema, schema.replace('n:', 'count:')],
      ['reads safely', schema, schema.replace('order.parse(b)', 'order.safeParse(b)')],
      ['does not parse JSON twice', 'JSON.parse(JSON.parse(a));\n', 'JSON.parse(a);\n'],
      ['keeps an any that was there', 'export const f = (a: any) => a.b;\n', 'export const f = (a: any) => a?.b;\n'],
    ]),
  )('accepts a patch that $name', ({ before, after, path }) => expect(passes(before, after, path)).toBe(true));
});
