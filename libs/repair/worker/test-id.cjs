'use strict';
/** How a test is named in answers: the runners and the recorder of the command must agree, or results cannot be compared. */
const path = require('node:path');

/**
 * @param {string} root real path of the sandbox
 * @param {string} file absolute path of the test's file; '' when the framework does not tell
 * @param {string} title all titles of its suites and its own, joined by spaces
 */
exports.testId = (root, file, title) => (file === '' ? title : `${path.relative(root, file).split(path.sep).join('/')} > ${title}`);

/** Tells tests of the same name apart: the second is `name #2`. Give it the tests in the order of the file. */
exports.numbering = () => {
  const seen = new Map();
  return (id) => {
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id} #${times}`;
  };
};
