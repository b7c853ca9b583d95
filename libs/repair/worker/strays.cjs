'use strict';
/**
 * Exceptions and rejections that nobody catches: they must not end the worker, and the run that is on must hear of them.
 */
const { isExit } = require('./exits.cjs');

let listener;
const own = { uncaughtException: 0, unhandledRejection: 0 };

function on(event) {
  process.on(event, (error) => {
    // Code under test that listens itself keeps its process alive: then it is no failure, as with plain Node.
    if (process.listenerCount(event) > own[event] && !isExit(error)) return;
    listener?.(error);
  });
  own[event] = process.listenerCount(event);
}

exports.install = () => {
  on('uncaughtException');
  on('unhandledRejection');
};
/** Only one listens at a time. @param {((error: unknown) => void) | undefined} to */
exports.listen = (to) => {
  listener = to;
};
