import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadFaults, repositoryRoot } from '@selfheal/stack';
import { CliProcess } from '../demo/fixtures/cli-process.js';

const MINUTES = 60_000;

describe('selfheal demo --all', () => {
  let cli: CliProcess | undefined;
  afterAll(() => cli?.destroy(), MINUTES);

  it(
    'heals every fault of the catalogue, one after the other on one running system, without a model',
    async () => {
      const names = (await loadFaults(join(repositoryRoot, 'apps/shop/faults'))).map(({ name }) => name);
      cli = new CliProcess('demo', '--all', '--json', '--no-ui');
      const code = await cli.exit();
      expect({ code, err: code === 0 ? [] : cli.err.slice(-60) }).toEqual({ code: 0, err: [] });
      const { heals } = JSON.parse(cli.out.at(-1) ?? '') as { heals: { fault: string; status: string; engine: string }[] };
      expect(heals.map(({ fault, status, engine }) => ({ fault, status, engine }))).toEqual(
        names.map((fault) => ({ fault, status: 'HEALED', engine: 'rules' })),
      );
    },
    5 * MINUTES,
  );
});
