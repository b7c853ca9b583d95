import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { PatchLog, StoredEvent } from '@selfheal/contracts';
import { AT, aHealingStarted, anRcaReady } from '@selfheal/testing';
import { EventFeed } from './event-feed.js';

const frame = (seq: number, event: StoredEvent['event']) =>
  `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify({ seq, at: AT, event })}\n\n`;

describe('EventFeed', () => {
  const servers: { close(): unknown; closeAllConnections(): void }[] = [];
  const feeds: EventFeed[] = [];
  afterEach(() => {
    for (const feed of feeds.splice(0)) feed.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const gateway = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    const server = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      answer(request, response);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const feed = new EventFeed(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/events`);
    feeds.push(feed);
    return feed;
  };

  it('hears events and progress lines, however they are cut into chunks, and passes over what it cannot read', async () => {
    const started = aHealingStarted();
    const log: PatchLog = { trace_id: started.trace_id, service: 'rca', level: 'info', line: 'reads the stack', timestamp: AT };
    const text = `: hello\n\nevent: PING\ndata: {}\n\ndata: not json\n\nevent: PATCH_LOG\ndata: ${JSON.stringify(log)}\n\n${frame(7, started)}`;
    const feed = await gateway((_, response) => {
      for (const char of text) response.write(char);
    });
    const logs: PatchLog[] = [];
    feed.onLog((line) => logs.push(line));
    const heard = new Promise<StoredEvent>((resolve) => feed.onEvent(resolve));
    await feed.open();
    expect(await heard).toEqual({ seq: 7, at: AT, event: started });
    expect(logs).toEqual([log]);
  });

  it('resumes after the last event when the connection breaks', async () => {
    const [one, two] = [aHealingStarted(), anRcaReady()];
    const asked: (string | undefined)[] = [];
    const feed = await gateway((request, response) => {
      const last = request.headers['last-event-id'];
      asked.push(Array.isArray(last) ? last[0] : last);
      if (asked.length === 1) response.write(frame(1, one), () => response.destroy());
      else response.write(frame(2, two));
    });
    const heard: number[] = [];
    const both = new Promise<void>((resolve) => feed.onEvent(({ seq }) => heard.push(seq) === 2 && resolve()));
    await feed.open();
    await both;
    expect(heard).toEqual([1, 2]);
    expect(asked).toEqual([undefined, '1']);
  });

  it('says so when nobody answers', async () => {
    const feed = new EventFeed('http://127.0.0.1:9/');
    feeds.push(feed);
    await expect(feed.open(100)).rejects.toThrow(/did not answer within 100 ms/);
  });
});
