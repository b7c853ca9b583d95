import { Command, InvalidArgumentError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { type BenchOptions, bench } from './bench/bench.js';
import { FIRST } from './demo/choose-faults.js';
import { type DemoOptions, demo } from './demo/demo.js';
import { run } from './run/run.js';

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('a positive number, please');
  return value;
};
const count = (text: string): number => {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number, please');
  return value;
};

/** The command line. Usage errors throw commander's CommanderError. */
export function program(): Command {
  const cli = new Command('selfheal')
    .version(packageJson.version)
    .enablePositionalOptions()
    .description('Turns a production failure into a verified fix, or into a clean rollback.');
  cli
    .command('demo')
    .description('starts the whole system, breaks a small shop, heals it and stops everything')
    .option('--fault <name>', `which bug of the catalogue (${FIRST} unless given)`)
    .option('--all', 'every bug of the catalogue, one after the other')
    .option('--list', 'lists the catalogue')
    .option('--keep', 'leaves everything running until Ctrl-C')
    .option('--json', 'progress on stderr, a summary as the last line of stdout')
    .option('--deadline <seconds>', 'how long one heal may take', positive, 60)
    .option('--no-ui', 'without the UI')
    .action((options: DemoOptions) => demo(options));
  cli
    .command('bench')
    .description('p50 and p99 of each stage over many heals of one fault')
    .option('--heals <count>', 'how many heals', count, 50)
    .option('--fault <name>', `which bug of the catalogue (${FIRST} unless given)`)
    .option('--json', 'progress on stderr, the figures as the last line of stdout')
    .option('--deadline <seconds>', 'how long one heal may take', positive, 60)
    .action((options: BenchOptions) => bench(options));
  cli
    .command('run')
    .description('runs a server with zero-downtime reload: selfheal run -- node server.js')
    .argument('<command...>', 'node and its arguments')
    .passThroughOptions()
    .action((command: string[]) => run(command));
  for (const command of [cli, ...cli.commands]) command.exitOverride();
  return cli;
}
