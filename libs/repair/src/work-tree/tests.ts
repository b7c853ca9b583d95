import type { SourceFile } from '@selfheal/engine';

const BY_NAME = /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|fixtures?)\/|(?:^|[./_-])(?:spec|tests?|e2e)\.[cm]?[jt]sx?$/i;
const BY_CONTENT =
  /\bconsole\s*\.\s*assert\b|\brequire\s*\(\s*['"](?:node:)?assert|\bfrom\s+['"](?:node:)?(?:assert|test)\b|\bdescribe\s*\(|\bexpect\s*\(/;

/** Whether a path is a test by the conventions of the usual runners. */
export const isTestPath = (path: string): boolean => BY_NAME.test(path);

/**
 * Whether a file judges rather than works: a test by its name, or a script that the command names and that asserts. It
 * decides what right is, so it is never the place to mend.
 * @param named whether the command, or the process that failed, has the file among its arguments
 */
export const isTest = (file: Pick<SourceFile, 'path' | 'text'>, named: boolean): boolean =>
  isTestPath(file.path) || (named && BY_CONTENT.test(file.text.slice(0, 200_000)));
