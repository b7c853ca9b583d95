import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingAwait } from './missing-await.js';

describe('missing-await', () => {
  it('awaits a call of an async function', () => {
    expect(
      textsOf(
        missingAwait,
        `async function load() {}
async function f() {
  const x = load();
  return x.y;
}`,
      ).map(bare),
    ).toContain(
      bare(`async function load() {}
async function f() {
  const x = await load();
  return x.y;
}`),
    );
  });

  it('makes the function async where it must be', () => {
    expect(
      textsOf(
        missingAwait,
        `async function load() {}
const f = () => load();`,
      ).map(bare),
    ).toContain(
      bare(`async function load() {}
const f = async () => await load();`),
    );
  });

  it('keeps the call whole when a member follows', () => {
    expect(
      textsOf(
        missingAwait,
        `async function load() {}
async function f() { return load().y; }`,
      ).map(bare),
    ).toContain(
      bare(`async function load() {}
async function f() { return (await load()).y; }`),
    );
  });

  it('leaves calls of plain functions in plain functions alone', () => {
    expect(textsOf(missingAwait, `function f() { return g(); }`).map(bare)).not.toContain(bare(`async function f() { return await g(); }`));
  });
});
