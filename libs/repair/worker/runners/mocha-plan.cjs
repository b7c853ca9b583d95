'use strict';
/** Which files and tests answer for some tests, at the least cost. Pure. */

/** Tests that take no longer than this together are run whole, in their order: they may build on each other. */
const CHEAP_MS = 100;
const ALL = { files: undefined, tests: undefined };

/**
 * @typedef {{file: string, state: string, ms: number}} Known what the first complete run said of a test
 * @typedef {{files: string[] | undefined, tests: Set<string> | undefined}} Part undefined: all
 * @param {object} facts
 * @param {readonly string[] | undefined} facts.only ids
 * @param {ReadonlyMap<string, Known>} facts.known by id; empty when this process has not run everything yet
 * @param {readonly string[]} facts.files absolute paths of all test files
 * @param {boolean} facts.areFilesIndependent whether the files' tests end the same without the other files
 * @returns {Part} holds at least the tests asked for
 */
exports.plan = ({ only, known, files, areFilesIndependent }) => {
  if (!only || only.length === 0) return ALL;
  const wanted = new Set(only);
  if (known.size === 0) return { files: undefined, tests: wanted };
  // A hook that failed, or a test that is made anew for each run: nothing to pick.
  if (only.some((id) => !known.has(id))) return ALL;
  const chosen = new Set(only.map((id) => known.get(id).file));
  const isSubset = areFilesIndependent && !chosen.has('') && files.some((file) => !chosen.has(file));
  const among = [...known.values()].filter(({ file }) => !isSubset || chosen.has(file));
  const isCheap = among.reduce((sum, { ms }) => sum + ms, 0) <= CHEAP_MS;
  return { files: isSubset ? files.filter((file) => chosen.has(file)) : undefined, tests: isCheap ? undefined : wanted };
};

/** Whether a second run agrees with what is known of the tests. */
exports.agrees = (known, tests) => tests.every(({ id, state }) => known.get(id)?.state === state);

/** What a candidate's test may take, ms, when nobody says: the slowest passing test of the base, with room for a busy machine. */
exports.timeLimit = (known) => {
  const passed = [...known.values()].filter(({ state }) => state === 'passed');
  return known.size === 0 ? undefined : Math.max(250, 4 * Math.max(0, ...passed.map(({ ms }) => ms)));
};
