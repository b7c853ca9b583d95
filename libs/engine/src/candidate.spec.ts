import { describe, expect, it } from '@jest/globals';
import { candidate as schema } from '@selfheal/contracts';
import { digestOf, makeCandidate } from './candidate.js';
import { insert, replace } from './edits.js';

const snapshot = {
  revision: '0'.repeat(40),
  files: new Map([
    ['src/a.ts', 'const a = 1;\n'],
    ['src/b.json', '{ "a": 1 }\n'],
  ]),
};
const draft = { template: 't', summary: 's', score: 0.5 };

describe('makeCandidate', () => {
  it('gives a candidate that the wire accepts, named by the digest of its diff', () => {
    const made = makeCandidate({ ...draft, edits: { 'src/a.ts': [replace({ start: 10, end: 11 }, '2')] } }, snapshot);
    expect(schema.parse(made)).toEqual(made);
    expect(made).toMatchObject({ files: ['src/a.ts'], loc: 2, digest: digestOf(made?.diff ?? '') });
    expect(made?.diff).toBe('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,1 +1,1 @@\n-const a = 1;\n+const a = 2;\n');
  });

  it.each([
    ['changes nothing', { 'src/a.ts': [replace({ start: 10, end: 11 }, '1')] }],
    ['has no edits', {}],
    ['leaves a script that does not parse', { 'src/a.ts': [insert(10, '= ')] }],
    ['leaves JSON that does not parse', { 'src/b.json': [insert(0, ',')] }],
    ['touches a file that is not there', { 'src/c.ts': [insert(0, 'x')] }],
  ])('refuses one that %s', (_name, edits) => {
    expect(makeCandidate({ ...draft, edits }, snapshot)).toBeUndefined();
  });
});
