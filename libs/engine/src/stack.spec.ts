import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintFrames, normaliseMessage } from './fingerprint.js';
import { inAppFrames, ownStack } from './in-app-frames.js';
import { parseStack } from './stack.js';

const sources = {
  revision: '0'.repeat(40),
  files: new Map([
    ['src/orders/mapper.ts', 'x\n'],
    ['src/app.ts', 'y\n'],
  ]),
};
const stack = `TypeError: Cannot read properties of null (reading 'city')
    at toOrder (file:///srv/shop/src/orders/mapper.ts:7:25)
    at async Object.<anonymous> (/srv/shop/src/app.ts:3:1)
    at new Shop (/srv/shop/src/app.ts:9:2)
    at /srv/shop/src/app.ts:11:4
    at Reply.send (/srv/shop/node_modules/fastify/lib/reply.js:1:2)
    at node:internal/process/task_queues:95:5
    at eval (eval at <anonymous> (/srv/shop/src/app.ts:1:1), <anonymous>:1:1)
    at https://evil.example/src/app.ts:1:1
    at Array.map (<anonymous>)`;

describe('parseStack', () => {
  it('reads the frames of V8 and leaves out what is no file of ours', () => {
    expect(parseStack(stack)).toEqual([
      { file: '/srv/shop/src/orders/mapper.ts', line: 7, column: 25, function: 'toOrder' },
      { file: '/srv/shop/src/app.ts', line: 3, column: 1, function: 'Object.<anonymous>' },
      { file: '/srv/shop/src/app.ts', line: 9, column: 2, function: 'Shop' },
      { file: '/srv/shop/src/app.ts', line: 11, column: 4 },
    ]);
  });

  it.each([
    ['many brackets', `    at ${'('.repeat(30_000)}`],
    ['many colons', `    at ${':'.repeat(30_000)}`],
    ['many frames', '    at f (/a.ts:1:1)\n'.repeat(2_000)],
    ['digits without end', `    at f (/a.ts:${'9'.repeat(20_000)}:1)`],
    ['a bad URL', '    at f (file:///%E0%A4%A:1:1)'],
    ['five megabytes', `    at ${'a'.repeat(5_000_000)}`],
  ])('is quick and bounded on %s', (_name, hostile) => {
    const before = performance.now();
    expect(parseStack(hostile).length).toBeLessThanOrEqual(100);
    expect(performance.now() - before).toBeLessThan(200);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseStack(`Error\n    at ${text}`))));
  });
});

describe('inAppFrames', () => {
  it('maps frames to files of the snapshot, by the root or by suffix', () => {
    const files = ['src/orders/mapper.ts', 'src/app.ts', 'src/app.ts', 'src/app.ts'];
    expect(inAppFrames(stack, sources, '/srv/shop').frames.map(({ file }) => file)).toEqual(files);
    expect(inAppFrames(stack, sources).frames.map(({ file }) => file)).toEqual(files);
  });

  it('ignores what is outside or climbs, and says so', () => {
    const hostile = ['/etc/passwd', '/srv/shop/../../etc/src/app.ts', '../src/app.ts', '/srv/shopping/src/app.ts', '/srv/shop/src/none.ts']
      .map((path) => `    at f (${path}:1:1)`)
      .join('\n');
    const { frames, ignored } = inAppFrames(hostile, sources, '/srv/shop');
    expect(frames).toEqual([]);
    expect(ignored.map(({ reason }) => reason)).toEqual([
      'outside the target',
      'the path has ".."',
      'the path has ".."',
      'outside the target',
      'no such source file at this revision',
    ]);
  });

  it('rewrites a stack to the target’s own frames, which then read the same without a root', () => {
    const own = ownStack(stack, sources, '/srv/shop').stack;
    expect(own.split('\n')[1]).toBe('    at toOrder (src/orders/mapper.ts:7:25)');
    expect(inAppFrames(own, sources)).toEqual(inAppFrames(stack, sources, '/srv/shop'));
  });
});

describe('fingerprints', () => {
  it.each([
    ["coupon 'SUMMER20' is not valid", "coupon 'X' is not valid"],
    ['order ord_1001 does not exist', 'order ord_99 does not exist'],
    ['no 6f9619ff-8b86-d011-b42d-00cf4fc964ff', 'no 0b6e1a5e-2f4c-4f0e-9f8e-3a1d2c4b5a69'],
    ['timeout after 5000 ms', 'timeout after 30.5 ms'],
    ['object deadbeef01 is gone', 'object 0xcafe1234 is gone'],
  ])('take two occurrences for one: %s', (a, b) => {
    expect(normaliseMessage(a)).toBe(normaliseMessage(b));
  });

  it('tell two bugs apart', () => {
    expect(normaliseMessage("Cannot read properties of null (reading 'city')")).not.toBe(
      normaliseMessage("Cannot read properties of null (reading 'name')"),
    );
    expect(normaliseMessage('getOrder is not defined')).toBe('getOrder is not defined');
  });

  it('are quick on hostile messages', () => {
    const before = performance.now();
    for (const piece of ["'", '"', '-', 'a_', '1', ' ', "reading '"]) normaliseMessage(piece.repeat(100_000));
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('name frames by path and function, not by line', () => {
    expect(fingerprintFrames(stack, '/srv/shop')).toEqual([
      'src/orders/mapper.ts#toOrder',
      'src/app.ts#Object.<anonymous>',
      'src/app.ts#Shop',
      'src/app.ts#<anonymous>',
    ]);
    expect(fingerprintFrames('    at f (/etc/passwd:1:1)', '/srv/shop')).toEqual([]);
  });
});
