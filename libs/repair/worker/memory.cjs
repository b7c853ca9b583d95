'use strict';
const v8 = require('node:v8');
const vm = require('node:vm');

/** Beyond this the worker tidies up, and ends if that does not help: the next candidate must not pay for the last. */
const MOST = 400 * 1024 * 1024;
let collect;

/** @returns false when too much memory stays in use */
exports.freeMemory = () => {
  if (v8.getHeapStatistics().used_heap_size < MOST / 2) return true;
  if (!collect) {
    v8.setFlagsFromString('--expose-gc');
    collect = vm.runInNewContext('gc');
  }
  collect();
  return v8.getHeapStatistics().used_heap_size < MOST;
};
