import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

const body = 'export async function f() {\n  await g();\n}\n';
const passes = (before: string, after: string) =>
  evaluate(patchOf(before, after)).checks.find((c) => c.check === 'no_swallowed_errors')?.passed;

describe('no_swallowed_errors', () => {
  it.each([
    ['an empty catch', 'try { await g(); } catch {}'],
    ['a catch with a comment', 'try { await g(); } catch (e) { /* fine */ }'],
    ['a catch that returns nothing', 'try { await g(); } catch { return; }'],
    ['a catch that returns null', 'try { await g(); } catch { return null; }'],
    ['a catch that only names the error', 'try { await g(); } catch (e) { e; }'],
    ['a rejection handler that does nothing', 'await g().catch(() => {});'],
    ['a rejection handler that gives undefined', 'await g().catch(() => undefined);'],
    ['a second handler of then', 'await g().then((x) => x, () => {});'],
    ['a finally that returns', 'try { await g(); } finally { return; }'],
    ['a handler for the whole process', "process.on('uncaughtException', () => {});"],
  ])('rejects %s', (_, line) => expect(passes(body, body.replace('await g();', line))).toBe(false));

  it.each([
    ['a catch that handles', 'try { await g(); } catch (e) { log(e); throw e; }'],
    ['a catch that gives a default', 'try { return await g(); } catch { return {}; }'],
    ['a finally that cleans up', 'try { await g(); } finally { close(); }'],
    ['a rejection handler that logs', 'await g().catch((e) => log(e));'],
  ])('accepts %s', (_, line) => expect(passes(body, body.replace('await g();', line))).toBe(true));

  it('accepts an empty catch that was there', () => {
    const before = 'try { a(); } catch {}\nb();\n';
    expect(passes(before, before.replace('b()', 'b?.()'))).toBe(true);
  });
});
