/** The thread that publishes. It lives as long as the host and connects again for ever. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FailureEvent } from '@selfheal/contracts';
import { connect, Events, type NatsConnection } from 'nats';
import type { PublisherData, PublisherMessage } from './messages.js';
import { Publisher } from './publisher.js';

const { servers, user, pass, service, settled } = workerData as PublisherData;

const publisher = new Publisher(service, (count) => {
  Atomics.add(settled, 0, count);
  Atomics.notify(settled, 0);
});
parentPort?.on('message', (event: FailureEvent) => publisher.add(event));

const warn = (warning: string): void => parentPort?.postMessage({ warning } satisfies PublisherMessage);

async function follow(connection: NatsConnection): Promise<void> {
  publisher.connected(connection);
  for await (const { type } of connection.status()) {
    if (type === Events.Disconnect) publisher.connected(undefined);
    if (type === Events.Reconnect) publisher.connected(connection);
  }
}

connect({
  servers: [...servers],
  ...(user !== undefined && { user, pass: pass ?? '' }),
  name: `selfheal-emitter:${service}`,
  waitOnFirstConnect: true,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 500,
  reconnectJitter: 250,
}).then(follow, (error: Error) => warn(`cannot connect to the broker: ${error.message}`));
