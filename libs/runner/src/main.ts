/** `selfheal run -- node [options] script [args]`. */
import cluster from 'node:cluster';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { prettifyError, ZodError } from 'zod';
import { parseNodeCommand } from './command.js';
import { createControlServer } from './control-server.js';
import { takeRunnerConfig } from './runner.config.js';
import { Supervisor } from './supervisor.js';

const { config, command } = readOrExit();

function readOrExit() {
  try {
    const separator = process.argv.indexOf('--');
    return { config: takeRunnerConfig(), command: parseNodeCommand(separator < 0 ? [] : process.argv.slice(separator + 1)) };
  } catch (error) {
    process.stderr.write(`selfheal run: ${error instanceof ZodError ? prettifyError(error) : String(error)}\n`);
    process.exit(2);
  }
}

cluster.schedulingPolicy = cluster.SCHED_RR;
cluster.setupPrimary({
  exec: command.script,
  args: [...command.args],
  execArgv: ['--import', new URL('./worker-preload.js', import.meta.url).href, ...command.execArgv],
  stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
});

let announced = false;
const supervisor = new Supervisor(config, (port) => {
  if (announced) return;
  announced = true;
  const control_port = (control.address() as AddressInfo).port;
  process.stderr.write(`selfheal run: ${command.script} listens on ${port}, control on ${control_port}\n`);
  process.send?.({ type: 'ready', port, control_port });
});
const control = createControlServer(supervisor, config.controlToken);
control.listen(config.controlPort, '127.0.0.1');
await once(control, 'listening');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await supervisor.stop();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
if (process.channel) process.on('disconnect', () => void stop());

supervisor.start();
