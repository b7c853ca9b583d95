import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HealingEvent, HealingEventType, RecordedResponse, StoredEvent } from '@selfheal/contracts';
import { send } from '../heal/trigger.js';
import { git } from './fixtures/git.js';
import { faultNamed, useWorld } from './fixtures/use-world.js';

jest.setTimeout(120_000);

/** SHA-256 of every file of a work tree, by path, but for git's own. */
async function bytesOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter((path) => !path.startsWith(join(root, '.git/')));
  const hashed = own.sort().map(async (path) => [
    path,
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(hashed));
}

describe('a patch that passes in the sandbox and fails live', () => {
  // The live shop has a ledger that locks one return; a sandbox has none. So the right patch is proven, and does not help.
  const world = useWorld(async () => ({
    shopEnv: { LEDGER_LOCKS: 'ret_1001' },
    change: { title: 'Returns are booked', patch: await readFile(join(import.meta.dirname, 'fixtures', 'ledger.patch'), 'utf8') },
  }));
  const fault = faultNamed('returns-schema-mismatch');
  const ask = () => send(world().shop.at.url, fault.request);
  const root = () => world().target.root;

  let before: { bytes: Record<string, string>; tree: string; answer: RecordedResponse };
  let trace: string;
  let end: StoredEvent;
  const said = <T extends HealingEventType>(type: T) =>
    world().heard.flatMap(({ event }) => (event.type === type && event.trace_id === trace ? [event as HealingEvent<T>] : []));

  beforeAll(async () => {
    await world().deploy(fault);
    const opened = world().nextHeal();
    before = { bytes: await bytesOf(root()), tree: await git(root(), 'rev-parse', 'HEAD^{tree}'), answer: await world().fail(fault) };
    trace = await opened;
    end = await world().end(trace);
  }, 120_000);

  it('is proven, goes live, is found not to help, and is put back', () => {
    const order = world()
      .heard.filter(({ event }) => event.trace_id === trace && event.payload.attempt === 1)
      .map(({ event }) => event.type);
    expect(order.slice(order.indexOf('GUARDRAIL_PASSED'))).toEqual([
      'GUARDRAIL_PASSED',
      'RELOAD_DONE',
      'VERIFY_REPLAY_FAIL',
      'ROLLBACK_REQUESTED',
      'ROLLBACK_DONE',
    ]);
    expect(said('GUARDRAIL_PASSED')[0]?.payload.proof.proven).toBe(true);
    expect(said('VERIFY_REPLAY_FAIL')[0]?.payload.failing).toMatchObject({ passed: false, status: 503 });
  });

  it('leaves the target byte for byte as it was, and the live shop answers as before', async () => {
    const rollbacks = said('ROLLBACK_DONE');
    expect(rollbacks.length).toBe(said('RELOAD_DONE').length);
    for (const { payload } of rollbacks) expect(payload.tree).toBe(before.tree);
    expect(await git(root(), 'rev-parse', 'HEAD^{tree}')).toBe(before.tree);
    expect(await git(root(), 'status', '--porcelain')).toBe('');
    expect(await bytesOf(root())).toEqual(before.bytes);
    expect(await ask()).toEqual(before.answer);
    expect(before.answer.status).toBe(500);
  });

  it('is not tried again: the next attempt knows its digest, and a person is asked in the end', () => {
    const deployed = said('RELOAD_DONE').map(({ payload }) => payload.candidate);
    expect(new Set(deployed).size).toBe(deployed.length);
    expect(said('RETRY_REQUESTED')[0]?.payload).toMatchObject({ attempt: 2, rejected_digests: [deployed[0]] });
    expect(end.event).toMatchObject({ type: 'ESCALATED', payload: { rolled_back: true } });
  });

  it('gives the target free: another fault is healed', async () => {
    await world().makeGood();
    const other = faultNamed('guest-null-address');
    await world().deploy(other);
    const opened = world().nextHeal();
    await world().fail(other);
    expect((await world().end(await opened)).event.type).toBe('HEALED');
    expect((await send(world().shop.at.url, other.request)).status).toBe(200);
  });
});
