'use strict';
/**
 * Takes from the process what could do harm: it calls the target's functions with arguments that nobody chose, so a path,
 * a command, a host or a process id may be anything. Reading and computing stay.
 */
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const workerThreads = require('node:worker_threads');

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
const WRITES =
  /^(?:appendFile|chmod|chown|copyFile|cp|createWriteStream|fchmod|fchown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|mkdtemp|mkdtempDisposable|rename|rm|rmdir|symlink|truncate|unlink|utimes|write|writeFile|writev)(?:Sync)?$/;
const STARTS = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'];

const refusal = (name) => Object.assign(new Error(`EPERM: operation not permitted, ${name}`), { code: 'EPERM', syscall: name });

/** By exception, unless there is a callback to tell. */
const refuse = (name) =>
  function refused(...args) {
    const callback = args.at(-1);
    if (typeof callback !== 'function' || name.endsWith('Sync')) throw refusal(name);
    process.nextTick(callback, refusal(name));
  };

const onlyReads = (flags) =>
  typeof flags === 'number' ? (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) === 0 : !/[wa+]/.test(String(flags ?? 'r'));

exports.install = () => {
  for (const name of Object.keys(fs)) if (WRITES.test(name)) fs[name] = refuse(name);
  for (const name of Object.keys(fs.promises)) if (WRITES.test(name)) fs.promises[name] = async () => Promise.reject(refusal(name));
  for (const [home, name] of [
    [fs, 'open'],
    [fs, 'openSync'],
    [fs.promises, 'open'],
  ]) {
    const open = home[name];
    const refused = home === fs ? refuse(name) : async () => Promise.reject(refusal(name));
    home[name] = (file, flags, ...rest) =>
      onlyReads(typeof flags === 'function' ? 'r' : flags) ? open(file, flags, ...rest) : refused(...rest);
  }
  for (const name of STARTS) childProcess[name] = refuse(`${name}Sync`);
  workerThreads.Worker = refuse('WorkerSync');
  net.Socket.prototype.connect = refuse('connectSync');
  net.Server.prototype.listen = refuse('listenSync');
  dgram.Socket.prototype.send = refuse('sendSync');
  dgram.Socket.prototype.bind = refuse('bindSync');
  for (const name of ['kill', 'abort', 'reallyExit', '_kill', 'dlopen', 'setuid', 'setgid']) process[name] = refuse(`${name}Sync`);
  // The parent listens to what the probe says, not to the target.
  process.send = undefined;
  syncBuiltinESMExports();
};
