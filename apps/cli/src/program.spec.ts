import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { program } from './program.js';

const refused = async (...args: string[]) => {
  const cli = program();
  for (const command of [cli, ...cli.commands]) command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  return cli.parseAsync(args, { from: 'user' }).catch((error: unknown) => error);
};

describe('the command line', () => {
  it.each([['demo', '--bogus'], ['demo', '--deadline', '-1'], ['bench', '--heals', '2.5'], ['demos'], ['run']])(
    'refuses %s %s %s',
    async (...args) => {
      expect(await refused(...args)).toBeInstanceOf(CommanderError);
    },
  );

  it('tells its version', async () => {
    expect(await refused('--version')).toMatchObject({ code: 'commander.version', message: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it('shows help', async () => {
    expect(await refused('demo', '--help')).toMatchObject({ exitCode: 0 });
  });
});
