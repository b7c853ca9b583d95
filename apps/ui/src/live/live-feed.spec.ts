import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { LiveFeed } from './live-feed';
import { aHeal, traceIdOf } from './sample-heal.fixture';

/** The browser's EventSource as far as the feed uses it: what the network does is said by the test. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    FakeSource.opened.push(this);
  }
  close() {
    this.readyState = 2;
  }
  up() {
    this.readyState = 1;
    this.onopen?.();
  }
  down(givesUp: boolean) {
    this.readyState = givesUp ? 2 : 0;
    this.onerror?.();
  }
  say(type: string, data: unknown) {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }));
  }
}
const real = globalThis.EventSource;

beforeEach(() => {
  jest.useFakeTimers();
  FakeSource.opened = [];
  globalThis.EventSource = FakeSource as unknown as typeof EventSource;
});
afterEach(() => {
  jest.useRealTimers();
  globalThis.EventSource = real;
});

const opened = () => {
  const feed = new LiveFeed('http://gateway/api/v1/events');
  feed.open();
  const source = FakeSource.opened[0];
  if (!source) throw new Error('no source');
  return { feed, source };
};
const trace = (feed: LiveFeed) => feed.state().heals.byId.get(traceIdOf(1))?.trace;

it('hears every event type and takes a burst in at once', () => {
  const { feed, source } = opened();
  const heard = jest.fn();
  feed.subscribe(heard);
  for (const stored of aHeal({ startedAt: Date.now() - 60_000 })) source.say(stored.event.type, stored);
  jest.advanceTimersByTime(50);
  expect([trace(feed)?.status, heard.mock.calls.length]).toEqual(['HEALED', 1]);
});

it('says whether it is connected, and leaves resuming to the browser while it tries', () => {
  const { feed, source } = opened();
  expect(feed.state().connection).toBe('connecting');
  source.up();
  expect(feed.state().connection).toBe('live');
  source.down(false);
  jest.advanceTimersByTime(60_000);
  expect([feed.state().connection, feed.state().resumed, FakeSource.opened.length]).toEqual(['reconnecting', 0, 1]);
  source.up();
  expect([feed.state().connection, feed.state().resumed]).toEqual(['live', 1]);
});

it('opens again after the last event when the browser gives up, and history that comes again changes nothing', () => {
  const { feed, source } = opened();
  const heal = aHeal();
  for (const stored of heal.slice(0, 4)) source.say(stored.event.type, stored);
  source.down(true);
  jest.advanceTimersByTime(500);
  const second = FakeSource.opened[1];
  expect(second?.url).toBe(`http://gateway/api/v1/events?last_event_id=${heal[3]?.seq}`);
  second?.up();
  for (const stored of heal) second?.say(stored.event.type, stored);
  jest.advanceTimersByTime(50);
  expect([feed.state().connection, trace(feed)?.status, trace(feed)?.audit.length]).toEqual(['live', 'HEALED', heal.length]);
});

it('waits longer each time, and stops when closed', () => {
  const { feed, source } = opened();
  source.down(true);
  jest.advanceTimersByTime(500);
  FakeSource.opened[1]?.down(true);
  jest.advanceTimersByTime(999);
  expect(FakeSource.opened.length).toBe(2);
  feed.close();
  jest.advanceTimersByTime(60_000);
  expect(FakeSource.opened.length).toBe(2);
});

it('counts what it cannot read', () => {
  const { feed, source } = opened();
  source.say('RCA_READY', { nonsense: true });
  source.say('PATCH_LOG', { nonsense: true });
  jest.advanceTimersByTime(50);
  expect(feed.state().heals.unreadable).toBe(2);
});

it('learns that this clock is behind the one of the broker', () => {
  const { feed, source } = opened();
  const [start] = aHeal({ startedAt: Date.now() + 5000 });
  source.say('HEALING_STARTED', start);
  expect(feed.state().clockBehindMs).toBe(5040);
});
