import { expect, it } from '@jest/globals';
import { movePaths } from './rebase-process.js';

it('moves whole paths only', () => {
  expect(movePaths('/a/b', '/a/b', '/c')).toBe('/c');
  expect(movePaths('--x=/a/b/y.js:/a/b', '/a/b', '/c')).toBe('--x=/c/y.js:/c');
  expect(movePaths('/a/bc /a/b-2', '/a/b', '/c')).toBe('/a/bc /a/b-2');
});
