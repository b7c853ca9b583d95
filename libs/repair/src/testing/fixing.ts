import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { fixRepository } from '../fix.js';
import type { FixOptions, FixProgress, FixReport } from '../report.js';
import { workTreeOf } from './work-tree-of.js';

const MODULES = realpathSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)));

/** A repository of one commit; `modules` links this repository's own dependencies in, `git: false` leaves git out. */
export function repositoryOf(files: Readonly<Record<string, string>>, { git = true, modules = false } = {}): string {
  const root = workTreeOf({ ...(modules && { '.gitignore': 'node_modules\n' }), ...files }, `fix-${randomUUID()}`);
  if (modules) symlinkSync(MODULES, join(root, 'node_modules'));
  if (git) {
    const run = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: root });
    run('init', '-q');
    run('add', '.');
    run('commit', '-qm', 'base');
  }
  return root;
}

/** One heal, without memory, and what it told. Fails when it leaves a trace in the work tree, a process or a sandbox. */
export async function fixing(
  root: string,
  command: readonly string[],
  options: Partial<FixOptions> = {},
): Promise<{ report: FixReport; told: readonly FixProgress[] }> {
  const told: FixProgress[] = [];
  const before = contentsOf(root);
  const report = await fixRepository({
    root,
    command,
    timeoutMs: 40_000,
    memory: false,
    signal: new AbortController().signal,
    ...options,
    onProgress: (event) => {
      told.push(event);
      options.onProgress?.(event);
    },
  });
  expect(contentsOf(root)).toEqual(before);
  expect(leftOf(root)).toEqual([]);
  return { report, told };
}

/** Everything below a folder but `.git`, byte for byte, with modes. */
function contentsOf(root: string, at = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(root, at)).filter((each) => each !== '.git')) {
    const path = join(at, name);
    const stat = lstatSync(join(root, path));
    if (stat.isDirectory()) Object.assign(found, { [path]: 'folder' }, contentsOf(root, path));
    else found[path] = `${stat.mode} ${stat.isSymbolicLink() ? readlinkSync(join(root, path)) : readFileSync(join(root, path), 'base64')}`;
  }
  return found;
}

/** Processes and sandboxes that know the work tree's name, which no other has. */
function leftOf(root: string): string[] {
  const name = basename(root);
  const processes = readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && Number(pid) !== process.pid && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(name);
    } catch {
      return false;
    }
  });
  const sandboxes = readdirSync(tmpdir()).filter((home) => {
    try {
      return home.startsWith('selfheal-fix-') && readdirSync(join(tmpdir(), home, 'tree')).includes(name);
    } catch {
      return false;
    }
  });
  return [...processes, ...sandboxes];
}
