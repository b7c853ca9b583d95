import { Command, InvalidArgumentError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { BenchOptions } from './bench/bench.js';
import type { BenchFixFlags } from './bench-fix/bench-fix.js';
import { FIRST } from './demo/choose-faults.js';
import type { DemoOptions } from './demo/demo.js';
import { attempts, type FixFlags, glob, seconds } from './fix/options.js';
import type { LearnFlags } from './learn/learn.js';

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

const EXIT_CODES = `
Exit codes: 0 healed, or nothing to heal; 1 not healed, the work tree is untouched; 2 wrong usage; 130 interrupted.`;

/** The command line. Usage errors throw commander's CommanderError. A command's code is loaded when it is asked for. */
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
    .action(async (options: DemoOptions) => (await import('./demo/demo.js')).demo(options));
  cli
    .command('bench')
    .description('p50 and p99 of each stage over many heals of one fault')
    .option('--heals <count>', 'how many heals', count, 50)
    .option('--fault <name>', `which bug of the catalogue (${FIRST} unless given)`)
    .option('--json', 'progress on stderr, the figures as the last line of stdout')
    .option('--deadline <seconds>', 'how long one heal may take', positive, 60)
    .action(async (options: BenchOptions) => (await import('./bench/bench.js')).bench(options));
  cli
    .command('run')
    .description('runs a server with zero-downtime reload: selfheal run -- node server.js')
    .argument('<command...>', 'node and its arguments')
    .passThroughOptions()
    .action(async (command: string[]) => (await import('./run/run.js')).run(command));
  cli
    .command('fix')
    .description('heals a repository whose command fails: selfheal fix -- npm test')
    .usage('[options] -- <command...>')
    .argument('[command...]', 'the command that fails: tests, a script, a build, a linter')
    .option('--cwd <dir>', 'the directory to heal, where the command runs (the current one unless given)')
    .option('--timeout <seconds>', 'how long the heal may take', seconds, 300)
    .option('--max-attempts <n>', 'how many candidates may be proven by the whole command', attempts, 5)
    .option('--dry-run', 'prints the patch and leaves the work tree alone')
    .option('--json', 'everything on stderr, one line of JSON on stdout')
    .option('--files <glob>', 'only files that match may be edited; may be repeated', glob)
    .option('--allow-tests', 'tests may be edited too')
    .option('--force', 'heals a work tree that has changes which are not committed')
    .option('--no-memory', 'as if nothing had been healed here before, and nothing is remembered of this heal')
    .addHelpText('after', EXIT_CODES)
    .passThroughOptions()
    .action(async (command: string[], options: FixFlags) => (await import('./fix/fix.js')).fix(command, options));
  cli
    .command('learn')
    .description('shows what earlier heals of a repository taught: rates, shapes, fixes that are tried first')
    .option('--cwd <dir>', 'a directory of the repository (the current one unless given)')
    .option('--json', 'one line of JSON on stdout')
    .option('--forget', 'forgets all of it; asks first')
    .option('--yes', 'with --forget: does not ask')
    .action(async (options: LearnFlags) => (await import('./learn/learn.js')).learn(options));
  cli
    .command('bench-fix')
    .description('heals every case of a folder of bugs and judges the patches by hidden tests')
    .requiredOption('--suite <dir>', 'a suite, or the folder of suites with its cases.mjs')
    .option('--json', 'progress on stderr, the figures as the last line of stdout')
    .option('--filter <glob>', 'only cases whose suite/id matches')
    .option('--timeout <seconds>', 'how long one heal may take', seconds, 60)
    .option('--jobs <n>', 'how many cases at once', count, 1)
    .option('--limit <n>', 'at most so many cases of each suite, spread evenly', count)
    .option('--keep', 'leaves the healed work trees and says where')
    .option('--out <file>', 'writes everything there as JSON, patches included')
    .action(async (options: BenchFixFlags) => (await import('./bench-fix/bench-fix.js')).benchFix(options));
  for (const command of [cli, ...cli.commands]) command.exitOverride();
  return cli;
}
