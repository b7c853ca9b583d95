'use strict';
/**
 * Notices when code under test changes files of the sandbox, so that the parent need not look through the tree after each
 * candidate; and refuses to delete, move or truncate what lies outside it: a mutant may compute any path.
 */
const fs = require('node:fs');
const path = require('node:path');
const os = require('node:os');
const childProcess = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');

/** The worker's own access, which is not noticed. */
exports.raw = {
  readFileSync: fs.readFileSync,
  writeFileSync: fs.writeFileSync,
  rmSync: fs.rmSync,
  mkdirSync: fs.mkdirSync,
  existsSync: fs.existsSync,
  realpathSync: fs.realpathSync,
  openSync: fs.openSync,
  writeSync: fs.writeSync,
  ftruncateSync: fs.ftruncateSync,
  closeSync: fs.closeSync,
};

const WRITES = ['writeFile', 'appendFile', 'mkdir', 'mkdtemp', 'symlink', 'link', 'copyFile', 'cp', 'createWriteStream'];
const DESTROYS = ['unlink', 'rm', 'rmdir', 'rename', 'truncate'];
/** Where the target is the second argument. */
const SECOND = new Set(['symlink', 'link', 'copyFile', 'cp']);

let count = 0;
/** How many changes of the sandbox were noticed since the last call. */
exports.take = () => {
  const seen = count;
  count = 0;
  return seen;
};

const toPath = (value) => {
  try {
    if (typeof value === 'string') return path.resolve(value);
    if (value instanceof URL) return path.resolve(value.pathname);
    if (Buffer.isBuffer(value)) return path.resolve(value.toString());
  } catch {}
  return undefined;
};
const isWithin = (file, folder) => file === folder || file.startsWith(folder + path.sep);

/** @param {string} root real path of the sandbox */
exports.install = (root) => {
  const temporary = [os.tmpdir(), fs.realpathSync(os.tmpdir())];
  const noteWrite = (target) => {
    const file = toPath(target);
    if (!file || isWithin(file, root)) count++;
  };
  const mayDestroy = (target) => {
    const file = toPath(target);
    if (!file || isWithin(file, root)) return true;
    return !isWithin(root, file) && temporary.some((folder) => file !== folder && isWithin(file, folder));
  };
  const refusal = (name, target) =>
    Object.assign(new Error(`EPERM: operation not permitted, ${name} '${String(target)}'`), {
      code: 'EPERM',
      errno: -1,
      syscall: name,
      path: String(target),
    });

  const patch = (home, name, kind, destroys) => {
    const original = home[name];
    if (typeof original !== 'function') return;
    const base = name.replace(/Sync$/, '');
    const patched = function (...args) {
      const target = SECOND.has(base) ? args[1] : args[0];
      if (destroys) {
        const refused = [args[0], ...(base === 'rename' ? [args[1]] : [])].find((each) => !mayDestroy(each));
        if (refused !== undefined) {
          const error = refusal(base, refused);
          const callback = args.at(-1);
          if (kind === 'promise') return Promise.reject(error);
          if (kind === 'callback' && typeof callback === 'function') return void process.nextTick(callback, error);
          throw error;
        }
      }
      noteWrite(target);
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(patched, 'name', { value: name });
    for (const key of Reflect.ownKeys(original))
      if (!(key in patched)) Object.defineProperty(patched, key, Object.getOwnPropertyDescriptor(original, key));
    home[name] = patched;
  };
  for (const [names, destroys] of [
    [WRITES, false],
    [DESTROYS, true],
  ]) {
    for (const name of names) {
      patch(fs, name, 'callback', destroys);
      patch(fs, `${name}Sync`, 'sync', destroys);
      patch(fs.promises, name, 'promise', destroys);
    }
  }
  const reads = (flags) =>
    flags === undefined || flags === null || flags === 'r' || flags === 'rs' || flags === 'sr' || flags === fs.constants.O_RDONLY;
  for (const [home, name] of [
    [fs, 'open'],
    [fs, 'openSync'],
    [fs.promises, 'open'],
  ]) {
    const original = home[name];
    home[name] = function (file, flags, ...rest) {
      if (!reads(typeof flags === 'function' ? undefined : flags)) noteWrite(file);
      return Reflect.apply(original, this, [file, flags, ...rest]);
    };
  }
  // What another process does is not seen from here.
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
    const original = childProcess[name];
    childProcess[name] = function (...args) {
      count++;
      return Reflect.apply(original, this, args);
    };
    for (const key of Object.getOwnPropertySymbols(original))
      Object.defineProperty(childProcess[name], key, Object.getOwnPropertyDescriptor(original, key));
  }
  syncBuiltinESMExports();
};
