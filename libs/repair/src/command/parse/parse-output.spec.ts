import { describe, expect, it } from '@jest/globals';
import { parseOutput } from './parse-output.js';

const short = (output: string) => parseOutput(output).map(({ name, message, stack }) => [name, message, stack.split('\n').at(-1)?.trim()]);

describe('parseOutput', () => {
  it('reads a stack, with more lines of the message', () => {
    const output =
      'hello\n/w/a.js:2\nassert.equal(1, 2)\n^\n\nAssertionError [ERR_ASSERTION]: not equal\n\n1 !== 2\n\n    at Object.<anonymous> (/w/a.js:2:8)\n    at node:internal/main:1:1 {\n  code: 1\n}\n';
    expect(parseOutput(output)).toEqual([
      {
        name: 'AssertionError',
        message: 'not equal\n\n1 !== 2',
        stack: expect.stringMatching(/^AssertionError.*\n[\s\S]*a\.js:2:8\)\n.*main:1:1 \{$/),
      },
    ]);
  });
  it('reads a syntax error with its place first', () => {
    expect(
      parseOutput(
        "file:///w/b.mjs:1\nlet a = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n    at compile (node:x:1:2)\n\nNode.js v20\n",
      ),
    ).toEqual([
      { name: 'SyntaxError', message: "Unexpected token ';'", stack: expect.stringMatching(/^file:\/\/\/w\/b\.mjs:1\nlet a = ;\n/) },
    ]);
  });
  it('reads tsc, plain and pretty and with colours', () => {
    expect(short("src/a.ts(3,5): error TS2322: Type 'x' is wrong.\n  It is.\nsrc/b.ts(1,1): error TS1005: ';' expected.\n")).toEqual([
      ['TypeScriptError', "TS2322: Type 'x' is wrong.\n  It is.", 'at src/a.ts:3:5'],
      ['TypeScriptError', "TS1005: ';' expected.", 'at src/b.ts:1:1'],
    ]);
    expect(
      short(
        '\u001b[96ma.ts\u001b[0m:\u001b[93m3\u001b[0m:\u001b[93m5\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2322: \u001b[0mNo.\n\n3 x\n  ~\n',
      ),
    ).toEqual([['TypeScriptError', 'TS2322: No.', 'at a.ts:3:5']]);
  });
  it('reads the errors of ESLint and not its warnings', () => {
    const stylish =
      "\n/w/src/a.js\n  1:7   error    'x' is assigned  no-unused-vars\n  2:1   warning  Use it  no-console\n\n/w/b.js\n  9:9  error  Parsing error: Unexpected token\n\n✖ 3 problems\n";
    expect(short(stylish)).toEqual([
      ['LintError', "'x' is assigned (no-unused-vars)", 'at /w/src/a.js:1:7'],
      ['LintError', 'Parsing error: Unexpected token', 'at /w/b.js:9:9'],
    ]);
    expect(short("a.js:1:7: 'x' is not defined. [Error/no-undef]\na.js:2:2: meh [Warning/x]\n")).toEqual([
      ['LintError', "'x' is not defined. (no-undef)", 'at a.js:1:7'],
    ]);
  });
  it('reads the errors of Biome', () => {
    const output =
      'src/a.ts:3:5 lint/style/useConst  FIXABLE  ━━━━━\n\n  × This let is never changed.\n\n  > 3 │ let\n\nsrc/a.ts:9:1 lint/style/x ━━━━\n\n  ! A warning.\n';
    expect(short(output)).toEqual([['LintError', 'This let is never changed. (lint/style/useConst)', 'at src/a.ts:3:5']]);
  });
  it('reads a stack inside of JSON', () => {
    expect(short('{"err": {"stack": "TypeError: x is not a function\\n    at f (/w/a.js:1:2)"}}')).toEqual([
      ['TypeError', 'x is not a function', 'at f (/w/a.js:1:2)'],
    ]);
  });
  it('finds nothing in plain words', () => {
    expect(parseOutput('Error in general\nbad: 3 at once\n')).toEqual([]);
  });
  it('is quick with hostile output', () => {
    const start = performance.now();
    for (const text of [
      'a'.repeat(65_000),
      '(1,'.repeat(20_000),
      ':1:1 '.repeat(13_000),
      '\n  at '.repeat(10_000),
      'Error: x\n'.repeat(7_000),
    ])
      parseOutput(text);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
