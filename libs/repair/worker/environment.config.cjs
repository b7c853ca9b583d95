'use strict';
/** The environment is the recorded one, plus what the pool tells this way. */
const root = process.env.SELFHEAL_SANDBOX ?? process.cwd();
// Code under test sees the recorded one only.
delete process.env.SELFHEAL_SANDBOX;

exports.sandboxRoot = root;
exports.environment = process.env;
