'use strict';
const MARK = /[?&]sf=(\d+)$/;

/** Gives a module of the sandbox the mark of the module that imports it. */
exports.resolved = (found, specifier, { parentURL }, home) => {
  const mark = MARK.exec(specifier) ?? MARK.exec(parentURL ?? '');
  if (!mark || MARK.test(found.url) || !found.url.startsWith(home) || found.url.includes('/node_modules/')) return found;
  return { ...found, url: `${found.url}${found.url.includes('?') ? '&' : '?'}sf=${mark[1]}` };
};

/** Hides the mark from the module itself. */
exports.cleaned = (loaded, url) => {
  if (loaded.format !== 'module' || !MARK.test(url) || loaded.source === null || loaded.source === undefined) return loaded;
  const source = Buffer.from(loaded.source)
    .toString()
    .replace(/^\uFEFF/, '')
    .replace(/^#!/, '//');
  const line = `import.meta.url=${JSON.stringify(url.replace(MARK, ''))};`;
  // A hashbang is a line of its own: what is put before it would be in a comment.
  return { ...loaded, source: source.startsWith('//') ? source.replace('\n', `\n${line}`) : line + source };
};
