import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnProcess } from '../process/spawn.js';
import { natsConf } from './conf.js';
import { MAX_PAYLOAD, type Nats, type NatsOptions } from './types.js';

const READY = /Server is ready/;
const LISTENING = /Listening for client connections on [^ ]*:(\d+)/;

/** A nats-server of our own on a free port of the loopback interface. @throws ProcessError */
export async function startLocalNats(program: string, options: NatsOptions): Promise<Nats> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'selfheal-nats-')));
  const conf = join(dir, 'nats.conf');
  const write = (port: number) =>
    writeFile(conf, natsConf({ host: '127.0.0.1', port, maxPayload: options.maxPayload ?? MAX_PAYLOAD, storeDir: join(dir, 'jetstream') }));
  await mkdir(dir, { recursive: true });
  await write(-1);
  const server = await spawnProcess({
    name: 'nats-server',
    command: program,
    args: ['-c', conf],
    logFile: join(dir, 'nats.log'),
    ready: { log: READY, port: LISTENING },
    stopSignal: 'SIGINT',
    graceMs: 5_000,
  });
  const port = server.port ?? 0;
  await write(port);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    stop: () => server.stop(),
    kill9: () => server.kill(),
    restart: () => server.restart(),
  };
}
