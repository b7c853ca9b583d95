'use strict';
/**
 * `process.exit` in code under test must not end the worker: it throws, and the first call is remembered, whatever the
 * code does with the exception. `process.abort` and `process.reallyExit` likewise.
 */
const really = { exit: process.exit.bind(process), reallyExit: process.reallyExit.bind(process) };
let first;

class ExitSentinel extends Error {
  constructor(how, code) {
    super(`${how}(${code ?? ''})`);
    this.name = 'ExitSentinel';
    this.how = how;
    this.code = code;
  }
}

function leave(how) {
  return (code) => {
    const wanted = code ?? process.exitCode ?? 0;
    const sentinel = new ExitSentinel(how, how === 'process.abort' ? 134 : Number(wanted) || 0);
    first ??= sentinel;
    throw sentinel;
  };
}

exports.ExitSentinel = ExitSentinel;
exports.isExit = (error) => error instanceof ExitSentinel;
/** From now on no call ends the process. */
exports.install = () => {
  process.exit = leave('process.exit');
  process.reallyExit = leave('process.reallyExit');
  process.abort = leave('process.abort');
};
/** Forgets earlier calls. */
exports.arm = () => {
  first = undefined;
};
/** The first call since `arm`, if there was one: `{how, code}`. */
exports.called = () => first;
/** Ends the worker itself. */
exports.exit = (code) => {
  process.reallyExit = really.reallyExit;
  really.exit(code);
};
