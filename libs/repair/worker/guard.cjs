'use strict';
/** A thread that ends the worker when its parent is gone, even while the worker is in an endless loop. */
const { workerData } = require('node:worker_threads');

setInterval(() => {
  if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL');
}, 500);
