import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from 'oxc-parser';
import { applyEdits } from '../../edits.js';
import { SourceFile } from '../../source-file.js';
import { OPERATORS } from './index.js';

const EXPRESSIONS = OPERATORS.filter(({ name }) =>
  /^(?:excess-|wrong-|documented-|effectless-|off-by-one|regex-edit|undeclared-name|missing-(?:call|default|operand|term))/.test(name),
);
const ENGINE = 'libs/engine/src';
const FILES = readdirSync(ENGINE)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => new SourceFile(`${ENGINE}/${name}`, readFileSync(join(ENGINE, name), 'utf8')));

/** Every n-th proposal of a file: applied and parsed. */
function check(file: SourceFile, each: number): { tried: number; broken: string[]; same: string[]; odd: string[] } {
  const found = { tried: 0, broken: [] as string[], same: [] as string[], odd: [] as string[] };
  let count = 0;
  for (const node of file.nodes)
    for (const operator of EXPRESSIONS) {
      let ofNode = 0;
      for (const { edits, weight, summary } of operator.propose(node, { file, others: () => [] })) {
        ofNode++;
        if (!(weight > 0 && weight <= 1) || summary === '') found.odd.push(`${operator.name}: ${weight} ${summary}`);
        if (count++ % each !== 0) continue;
        found.tried++;
        const text = applyEdits(file.text, edits);
        if (text === file.text) found.same.push(`${operator.name}: ${summary}`);
        else if (parseSync(file.path, text).errors.some((error) => error.severity === 'Error'))
          found.broken.push(`${operator.name}: ${summary} ${JSON.stringify(edits)}`);
      }
      if (ofNode > 48) found.odd.push(`${operator.name}: ${ofNode} at one node`);
    }
  return found;
}

describe('the operators for expressions, over the engine’s own files', () => {
  it('propose what parses, and never what is there', () => {
    const results = FILES.map((file) => check(file, 61));
    const tried = results.reduce((sum, { tried: n }) => sum + n, 0);
    const broken = results.flatMap((result) => result.broken);
    expect(results.flatMap(({ same }) => same)).toEqual([]);
    expect(results.flatMap(({ odd }) => odd)).toEqual([]);
    expect(tried).toBeGreaterThan(500);
    expect(broken.slice(0, Math.max(0, broken.length - Math.floor(tried / 100)))).toEqual([]);
  });

  it('propose no more for a node of a large file than for one of a small file', () => {
    const unit = 'function f(xs, n) {\n  let s = 0;\n  for (let i = 0; i < n; i++) s += xs[i] * 2;\n  return s > 10 ? s : xs.length;\n}\n';
    const proposals = (copies: number): number => {
      const text = Array.from({ length: copies }, (_, i) => unit.replace('f(', `f${i}(`)).join('');
      const file = new SourceFile('a.js', text);
      let count = 0;
      for (const node of file.nodes)
        for (const operator of EXPRESSIONS) for (const _ of operator.propose(node, { file, others: () => [] })) count++;
      return count;
    };
    expect(proposals(400)).toBeLessThan(proposals(20) * 20 * 1.5);
  });
});
