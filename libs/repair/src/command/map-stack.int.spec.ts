import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { workTreeOf } from '../testing/work-tree-of.js';
import { mapStack } from './map-stack.js';

const SOURCE =
  'interface Item {\n  price: number;\n}\n\nexport function total(items: Item[] | null): number {\n  return items.length;\n}\n';
let root: string;

function compile(sourceMaps: true | 'inline') {
  const { code, map } = transformSync(SOURCE, {
    filename: join(root, 'src/total.ts'),
    sourceMaps,
    module: { type: 'commonjs' },
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  const at = code.split('\n').findIndex((line) => line.includes('items.length')) + 1;
  return { code, map: JSON.stringify({ ...JSON.parse(map ?? '{}'), sources: ['../src/total.ts'] }), at };
}

beforeEach(() => {
  root = realpathSync(workTreeOf({ 'src/total.ts': SOURCE }));
  mkdirSync(join(root, 'dist'));
});

describe('a stack of compiled code', () => {
  it('names the place in the source, by the map beside the file', () => {
    const { code, map, at } = compile(true);
    writeFileSync(join(root, 'dist/total.js'), `${code}\n//# sourceMappingURL=total.js.map\n`);
    writeFileSync(join(root, 'dist/total.js.map'), map);
    const stack = `TypeError: no\n    at total (${root}/dist/total.js:${at}:18)\n    at file://${root}/dist/total.js:${at}:18`;
    expect(mapStack(stack, root)).toMatch(new RegExp(`at total \\(${root}/src/total.ts:6:\\d+\\)\n    at ${root}/src/total.ts:6:\\d+`));
  });

  it('names it by an inline map', () => {
    const { code, map, at } = compile(true);
    writeFileSync(
      join(root, 'dist/inline.js'),
      `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`,
    );
    expect(mapStack(`    at ${root}/dist/inline.js:${at}:18`, root)).toContain(`${root}/src/total.ts:6:`);
  });

  it.each([
    ['a map outside of the root', '../../../../etc/passwd'],
    ['a map that is none', 'data:application/json,{"mappings":5'],
    ['a map that is not there', 'gone.map'],
  ])('stays as it is with %s', (_, url) => {
    writeFileSync(join(root, 'dist/bad.js'), `x()\n//# sourceMappingURL=${url}\n`);
    const stack = `    at ${root}/dist/bad.js:1:1`;
    expect(mapStack(stack, root)).toBe(stack);
  });

  it('stays as it is when the map leads out of the root', () => {
    const map = { version: 3, sources: ['../../../outside.ts'], names: [], mappings: 'AAAA' };
    writeFileSync(join(root, 'dist/out.js'), `x()\n//# sourceMappingURL=data:application/json,${JSON.stringify(map)}\n`);
    const stack = `    at ${root}/dist/out.js:1:1`;
    expect(mapStack(stack, root)).toBe(stack);
  });
});
