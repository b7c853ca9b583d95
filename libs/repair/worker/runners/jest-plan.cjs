'use strict';
/** Which files and tests answer for some tests, at the least cost. Pure. Jest's test files know nothing of each other. */
const path = require('node:path');

/** Tests that take no longer than this together are run whole, in their order: they may build on each other. */
const CHEAP_MS = 50;

/**
 * @param {object} facts
 * @param {readonly string[] | undefined} facts.only ids
 * @param {ReadonlyMap<string, {file: string, ms: number}>} facts.known by id; empty when this process has not run everything yet
 * @param {string} facts.root
 * @param {readonly string[]} facts.files absolute paths of all test files
 * @returns {{files: string[] | undefined, titles: string[] | undefined}} undefined: all; holds at least the tests asked for
 */
exports.plan = ({ only, known, root, files }) => {
  const all = { files: undefined, titles: undefined };
  if (!only || only.length === 0) return all;
  const chosen = new Set();
  const titles = new Set();
  for (const id of only) {
    const file = files.find((each) => id.startsWith(`${path.relative(root, each).split(path.sep).join('/')} > `));
    if (!file) return all;
    chosen.add(file);
    titles.add(id.slice(id.indexOf(' > ') + 3).replace(/ #\d+$/, ''));
  }
  const part = chosen.size < files.length ? [...chosen] : undefined;
  const ms = [...known.values()].reduce((sum, test) => sum + (chosen.has(test.file) ? test.ms : 0), 0);
  const isCheap = known.size > 0 && ms <= CHEAP_MS;
  // A file that could not be loaded has no test to pick.
  return { files: part, titles: isCheap || titles.has('(load)') ? undefined : [...titles] };
};
