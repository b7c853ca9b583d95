/**
 * A service to be stopped. Its argument says what goes wrong: `throws` and `rejects` on the first message of its parent,
 * `stop-fails` when it stops; `told-twice` gets a second signal while it stops. Tells the file named by its second argument that it stopped in order.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createLogger } from '@selfheal/telemetry';
import { sayReady, stopGracefully } from '../lifecycle.js';

const [fault, stopped = ''] = process.argv.slice(2);
// Like a real service it holds the process open until it is closed.
const server = createServer().listen(0, '127.0.0.1', () => {
  const address = server.address();
  sayReady({ type: 'ready', port: typeof address === 'object' ? address?.port : undefined });
});

stopGracefully(createLogger('rca', 'info'), async () => {
  await new Promise((done) => server.close(done));
  writeFileSync(stopped, 'stopped\n', { flag: 'a' });
  if (fault === 'told-twice') {
    const told = once(process, 'SIGINT');
    process.kill(process.pid, 'SIGINT');
    await told;
  }
  if (fault === 'stop-fails') throw new Error('the broker is gone');
});

process.once('message', () => {
  if (fault === 'rejects') void Promise.reject(new Error('boom'));
  else throw new Error('boom');
});
