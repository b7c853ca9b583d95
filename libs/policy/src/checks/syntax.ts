import { basename, extname } from 'node:path/posix';
import { parseAllDocuments } from 'yaml';
import { isCode, sourcesOf } from '../ast/source.js';
import type { Check, PatchFile } from '../facts.js';
import { count, finding } from './finding.js';

/** Every patched file parses in its language; a language that we cannot parse does not pass. */
export const syntax: Check = {
  name: 'syntax',
  group: 'validation',
  needs: 'patch',
  run({ files }) {
    const left = files.filter((file) => file.after !== null);
    return finding(left.flatMap(errorsOf), `${count(left.length, 'file')} parsed without errors`);
  },
};

function errorsOf(file: PatchFile): string[] {
  const text = file.after ?? '';
  if (isCode(file.path)) return (sourcesOf(file).after?.errors ?? []).map((error) => `${file.path}:${error}`);
  const kind = /^\.env(?:\.|$)/.test(basename(file.path)) ? '.env' : extname(file.path).toLowerCase();
  switch (kind) {
    case '.json':
      try {
        JSON.parse(text);
        return [];
      } catch (error) {
        return [`${file.path}: ${error instanceof Error ? error.message : String(error)}`];
      }
    case '.yaml':
    case '.yml':
      return parseAllDocuments(text).flatMap((document) => document.errors.map((error) => `${file.path}: ${error.message.split('\n')[0]}`));
    case '.env':
      return text
        .split('\n')
        .flatMap((line, i) =>
          /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=.*)?$/.test(line) ? [] : [`${file.path}:${i + 1}: not NAME=value`],
        );
    case '.md':
    case '.txt':
      return [];
    default:
      return [`${file.path}: no parser for ${kind || 'a file without an extension'}`];
  }
}
