import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, usageError } from '../errors.js';
import { printable } from '../output/printable.js';
import { type BenchCase, caseMeta } from './case.js';

/** A folder of suites: where it is, and which of them are asked for. */
export interface Suites {
  /** The folder with `cases.mjs`. */
  readonly home: string;
  readonly names: readonly string[];
}

const DRIVER = 'cases.mjs';

/** Finds `cases.mjs` in `dir` (then all its suites are meant) or above it (then `dir` is one). @throws CommandError (2) */
export async function findSuites(dir: string): Promise<Suites> {
  const at = resolve(dir);
  if (existsSync(join(at, DRIVER))) {
    const entries = await readdir(at, { withFileTypes: true });
    return { home: at, names: entries.filter((e) => e.isDirectory() && !/^[._]/.test(e.name)).map(({ name }) => name) };
  }
  if (existsSync(at) && existsSync(join(dirname(at), DRIVER))) return { home: dirname(at), names: [basename(at)] };
  throw usageError(`bench-fix: --suite: ${printable(at)} is not a suite: neither it nor the folder above has a ${DRIVER}`);
}

/** Every case of the suites, suite by suite, ids in the order of their numbers. A case that cannot be read is an error. */
export async function readCases({ home, names }: Suites): Promise<BenchCase[]> {
  const cases: BenchCase[] = [];
  for (const suite of names.toSorted()) {
    const ids = (await readdir(join(home, suite))).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    for (const id of ids) {
      const file = join(home, suite, id, 'meta.json');
      if (!existsSync(file)) continue;
      const meta = caseMeta.safeParse(JSON.parse(await readFile(file, 'utf8')));
      if (!meta.success) throw new CommandError(`bench-fix: ${printable(file)} is not what is expected: ${meta.error.message}`, 1);
      const hidden = existsSync(join(home, suite, id, 'visible.js'));
      cases.push({ key: `${suite}/${id}`, suite, id, pattern: meta.data.fix?.pattern ?? 'unknown', meta: meta.data, hidden });
    }
  }
  return cases;
}

/**
 * A copy of the folder in which the bare repositories have their `refs`: git takes a repository without for none, and
 * copying tools lose empty folders.
 */
export async function copyWithRefs(home: string, to: string): Promise<string> {
  await cp(home, to, { recursive: true, verbatimSymlinks: true });
  const repos = join(to, '_repos');
  for (const name of await readdir(repos)) {
    if (!name.endsWith('.git')) continue;
    await chmod(join(repos, name), 0o755);
    await mkdir(join(repos, name, 'refs'), { recursive: true });
  }
  return to;
}
