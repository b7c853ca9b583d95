import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failed, root } from './process.mjs';
import { measured, quietly } from './progress.mjs';

const LOCK = join(root, 'package-lock.json');
const MARKER = join(root, 'node_modules', '.selfheal-lock');
/** What npm itself notes about what it installed. */
const INSTALLED = join(root, 'node_modules', '.package-lock.json');

/** Installs the dependencies unless those of this package-lock.json are there. */
export async function install() {
  const lock = readFileSync(LOCK);
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8').trim() === hash) return;
  if (!matches(lock)) {
    const npm = process.env.npm_execpath;
    const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
    const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
    const what = 'installing dependencies (the first run takes a minute or two)';
    const { code, output, took } = await measured(what, program, [...first, 'ci', ...flags], { announce: true });
    // npm ci refuses a lock that was written where a registry lacks the optional packages of other platforms.
    if (code !== 0 && output.includes('EUSAGE')) await quietly(what, program, [...first, 'install', '--no-save', ...flags]);
    else if (code !== 0) throw new Failed(`${output}\n${what} failed (exit code ${code}) after ${took}`, code);
  }
  writeFileSync(MARKER, `${hash}\n`);
}

/** Whether `npm install` by hand left exactly what the lock asks for. Packages for other platforms are not there. */
function matches(lock) {
  if (!existsSync(INSTALLED)) return false;
  try {
    const wanted = JSON.parse(lock.toString('utf8')).packages;
    const there = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => !path.startsWith('node_modules/') || entry.link || entry.optional || there[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}
