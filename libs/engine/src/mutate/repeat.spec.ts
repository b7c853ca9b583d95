import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import type { Mutation } from './mutation.js';
import { negateCondition } from './operators/negate-condition.js';
import { repeatMutation } from './repeat.js';

/** The mutation that replaces the n-th occurrence of a text. */
function replacing(file: SourceFile, from: string, to: string, n = 0): Mutation {
  let start = -1;
  for (let i = 0; i <= n; i++) start = file.text.indexOf(from, start + 1);
  const node = file.nodeAt(start);
  if (start < 0 || !node) throw new Error(`no ${from}`);
  return {
    operator: 'test',
    summary: `${to} for ${from}`,
    path: file.path,
    edits: [{ start, end: start + from.length, text: to }],
    node,
    weight: 1,
  };
}
const texts = (text: string, from: string, to: string, n = 0) => {
  const file = new SourceFile('a.js', text);
  return repeatMutation(replacing(file, from, to, n), file).map(({ edits }) => applyEdits(text, edits));
};

describe('repeatMutation', () => {
  it('changes all places of the statement and of the function (HumanEvalFix JavaScript/80: && that should be ||)', () => {
    expect(texts('function f(s, i) { if (s[i] == 1 && s[i] == 2 && s[i] == 3) return false; }', '&&', '||')).toContain(
      'function f(s, i) { if (s[i] == 1 || s[i] == 2 || s[i] == 3) return false; }',
    );
  });

  it('changes one other place (HumanEvalFix JavaScript/31: both bounds, not the third 1)', () => {
    expect(texts('function f(n) { if (n < 1) return false; for (let k = 1; k < n - 1; k++) g(k); }', '1', '2')).toContain(
      'function f(n) { if (n < 2) return false; for (let k = 2; k < n - 1; k++) g(k); }',
    );
  });

  it('exchanges two values throughout (HumanEvalFix JavaScript/112 and /124)', () => {
    expect(texts('function f(a) { let ok = false; if (a) { ok = true } return ok }', 'false', 'true')).toContain(
      'function f(a) { let ok = true; if (a) { ok = false } return ok }',
    );
    expect(texts('function f(t) { return t[1] < 1 || t[1] > 12 || t[0] < 1; }', '[1]', '[0]')).toContain(
      'function f(t) { return t[0] < 1 || t[0] > 12 || t[1] < 1; }',
    );
  });

  it('does what the operator did at nodes that are alike', () => {
    const text = 'function f(x) {\n  if (x === 1) return 0;\n  if (x === 2) return 1;\n  if (x < 3) return 2;\n}';
    const file = new SourceFile('a.js', text);
    const node = file.nodes.find(({ type }) => type === 'IfStatement');
    const [change] = node ? [...negateCondition.propose(node, { file, others: () => [] })] : [];
    if (!node || !change) throw new Error('no change');
    const repeated = repeatMutation({ ...change, operator: negateCondition.name, path: 'a.js', node }, file);
    expect(repeated.map(({ edits }) => applyEdits(text, edits))).toContain(text.replaceAll('===', '!=='));
  });

  it('stays in the function and never gives the mutation itself', () => {
    const text = 'function f(a) { return a + 1; }\nfunction g(a) { return a + 1; }';
    expect(texts(text, '+', '-')).toEqual([]);
  });
});
