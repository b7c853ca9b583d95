'use strict';
/**
 * ES modules cannot be unloaded: each run imports the script under a URL of its own, `file.mjs?sf=7`, and hooks give every
 * module of the sandbox that it imports the same mark. `import.meta.url` stays clean.
 */
const Module = require('node:module');
const { pathToFileURL } = require('node:url');

let version = 0;

/** @param {{root: string}} modules root ends with a separator */
exports.install = ({ root }) => {
  const home = pathToFileURL(root).href;
  if (typeof Module.registerHooks === 'function') {
    const { resolved, cleaned } = require('./versions-rule.cjs');
    Module.registerHooks({
      resolve: (specifier, context, next) => resolved(next(specifier, context), specifier, context, home),
      load: (url, context, next) => cleaned(next(url, context), url),
    });
  } else Module.register(pathToFileURL(require.resolve('./versions-hooks.mjs')), { data: { home } });
};

exports.importFresh = (file) => import(`${pathToFileURL(file).href}?sf=${++version}`);
