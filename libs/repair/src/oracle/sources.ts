import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isScript, SourceFile } from '@selfheal/engine';

/** Bounds on what is instrumented. */
const MAX_FILES = 60;
const MAX_BYTES = 2 * 2 ** 20;
const MAX_FILE_BYTES = 512 * 2 ** 10;

/** A path relative to the root with `/`, when the file is in it and not a dependency. */
export function ownPath(root: string, file: string): string | undefined {
  const path = isAbsolute(file) ? relative(root, file) : file;
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return undefined;
  const posix = path.split(sep).join('/');
  return posix.split('/').includes('node_modules') ? undefined : posix;
}

/** The file's text, unless it cannot be read or is too large to be written by a person. */
export function readSource(root: string, path: string): string | undefined {
  try {
    const file = join(root, path);
    return statSync(file).size <= MAX_FILE_BYTES ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Files worth counting in, parsed: scripts without syntax errors, in the order given, up to the bounds. */
export function sourcesToCount(root: string, paths: Iterable<string>, isTest: (path: string, text: string) => boolean): SourceFile[] {
  const files: SourceFile[] = [];
  let bytes = 0;
  for (const path of new Set(paths)) {
    if (files.length >= MAX_FILES) break;
    if (!isScript(path)) continue;
    const text = readSource(root, path);
    if (text === undefined || bytes + text.length > MAX_BYTES || isTest(path, text)) continue;
    const file = new SourceFile(path, text);
    if (file.errors.length > 0) continue;
    bytes += text.length;
    files.push(file);
  }
  return files;
}
