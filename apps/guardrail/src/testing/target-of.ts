import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Candidate, type Target, targetConfig } from '@selfheal/contracts';
import { initRepository } from '@selfheal/git';
import { createTwoFilesPatch } from 'diff';

/** A target in a git repository of its own. */
export interface TestTarget extends AsyncDisposable {
  readonly target: Target;
  readonly revision: string;
}

/** Makes a repository with `files` and a target in it; gone when disposed of. */
export async function targetOf(files: Readonly<Record<string, string>>, over: Record<string, unknown> = {}): Promise<TestTarget> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-guardrail-')));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const config = targetConfig.parse({
    name: 'shop',
    start: { command: ['node', 'src/server.mjs'] },
    base_url: 'http://127.0.0.1:1',
    deploy: { strategy: 'hot-reload', control_url: 'http://127.0.0.1:2' },
    autonomy: 'auto',
    ...over,
  });
  const revision = await initRepository(root, 'first');
  return { target: { config, root }, revision, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** A candidate for any diff, hostile ones too. */
export const candidateOf = (diff: string, files: string[] = ['src/server.mjs']): Candidate => ({
  digest: createHash('sha256').update(diff).digest('hex'),
  diff,
  files,
  loc: 1,
  template: 'test',
  summary: 'a test',
  score: 1,
});

/** A candidate that turns `before` into `after`. */
export const editOf = (before: string, after: string, path = 'src/server.mjs'): Candidate =>
  candidateOf(
    createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
      context: 3,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    }),
    [path],
  );
