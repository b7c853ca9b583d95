import { aptInstall, aptUsable } from '../apt.js';
import { stackConfig } from '../config.js';
import { dockerAnswers } from '../docker.js';
import { StackError } from '../errors.js';
import { which } from '../which.js';
import { startNatsContainer } from './container.js';
import { startLocalNats } from './local.js';
import type { Nats, NatsOptions } from './types.js';

/**
 * A NATS server with JetStream. Looked for in this order: the one that `NATS_URL` names (used as it is), `nats-server`
 * on PATH, Debian's package when we are root, a container.
 *
 * @throws StackError that says how to install one
 */
export async function startNats(options: NatsOptions = {}): Promise<Nats> {
  const { NATS_URL: given } = stackConfig();
  if (given && options.allowExternal !== false) return external(given);
  const program = which('nats-server') ?? ((await installed()) ? which('nats-server') : undefined);
  if (program) return startLocalNats(program, options);
  if (await dockerAnswers()) return startNatsContainer(options);
  throw new StackError('no NATS server: there is no nats-server on PATH, NATS_URL is not set and no container engine answers', remedy());
}

const installed = async (): Promise<boolean> => aptUsable() && (await aptInstall('nats-server', 'nats-server'));

function external(url: string): Nats {
  const { port } = new URL(url.split(',')[0] ?? url);
  return {
    url,
    port: Number(port) || 4222,
    stop: () => Promise.resolve(),
    restart: () => Promise.reject(new StackError(`the NATS server at ${url} is not ours to restart`)),
  };
}

const remedy = (): string => {
  if (process.platform === 'darwin') return 'brew install nats-server';
  return which('apt-get')
    ? 'sudo apt-get install -y nats-server'
    : 'docker run -d -p 127.0.0.1:4222:4222 nats:2.12 -js   # then set NATS_URL';
};
