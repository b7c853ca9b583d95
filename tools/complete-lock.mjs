/**
 * Completes package-lock.json: `node tools/complete-lock.mjs`, after `npm install`, where the registry does not carry the
 * packages for other platforms than this one. npm leaves those out of the lock then, and `npm ci` refuses a lock that
 * lacks optional dependencies. Their names and versions are known all the same, from the packages that ask for them.
 * Run again it changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const OS = new Map(
  ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', ['windows', 'win32']].map((os) => (Array.isArray(os) ? os : [os, os])),
);
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const { packages } = lock;
let added = 0;
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const version = range.replace(/^[\^~>=]+/, '');
    const there = resolve(path, name);
    if (there && (there.version === version || range !== version)) continue;
    packages[`${path.slice(0, path.lastIndexOf('node_modules/'))}node_modules/${name}`] = missing(name, version, entry);
    added += 1;
  }
}
if (added > 0) {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`${added} packages for other platforms added`);

/** What `name` means for the package at `path`: the nearest node_modules that has it. */
function resolve(path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/')))) {
    const found = packages[`${from}${from && '/'}node_modules/${name}`];
    if (found || from === '') return found;
  }
}

/** The platform is in the package's name, as in `@swc/core-linux-x64-musl`. */
function missing(name, version, { dev }) {
  const words = name.split(/[-/]/);
  const os = words.map((word) => OS.get(word)).find(Boolean);
  const cpu = words.find((word) => CPU.includes(word)) ?? (words.some((word) => /^arm(v7|hf)/.test(word)) ? 'arm' : undefined);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : os === 'linux' && words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
