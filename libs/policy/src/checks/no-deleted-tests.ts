import { isCode, lineAt, type Source, sourcesOf } from '../ast/source.js';
import type { Check, PatchFile } from '../facts.js';
import { beyond, findOps, type Hit } from '../ops/op.js';
import { assertion, looseSchema, validation } from '../ops/validation.js';
import { finding } from './finding.js';

const TEST_FILE = /(?:^|\/)(?:__tests__|tests?|e2e)\/|\.(?:spec|test|e2e)\.[cm]?[jt]sx?$/i;
/** Comments that switch a checker off. */
const SILENCER = /@ts-(?:ignore|nocheck|expect-error)|eslint-disable|biome-ignore|(?:istanbul|c8|v8) ignore|@vitest-ignore|NOSONAR/;

/** The patch makes nothing pass by taking away what would fail: tests, assertions, validation, type checks. */
export const noDeletedTests: Check = {
  name: 'no_deleted_tests',
  group: 'validation',
  needs: 'patch',
  run({ files }) {
    return finding(files.flatMap(problemsOf), 'no test, assertion or validation was removed or loosened');
  },
};

function problemsOf(file: PatchFile): string[] {
  if (file.after === null && TEST_FILE.test(file.path)) return [`${file.path} is a test and is deleted`];
  if (!isCode(file.path)) return [];
  const { before, after } = sourcesOf(file);
  const hits = (source: Source | undefined, removed: boolean): Hit[] =>
    source ? findOps(source, removed ? [assertion, validation] : [looseSchema]) : [];
  return [
    ...beyond(hits(after, true), hits(before, true)).map((hit) => `${file.path}:${hit.line} (before) removes ${hit.what}`),
    ...beyond(hits(before, false), hits(after, false)).map((hit) => `${file.path}:${hit.line} ${hit.what}`),
    ...beyond(silencers(before), silencers(after)).map((hit) => `${file.path}:${hit.line} ${hit.what}`),
  ];
}

const silencers = (source: Source | undefined): Hit[] =>
  (source?.comments ?? []).flatMap(({ value, start }) => {
    const [what] = SILENCER.exec(value) ?? [];
    return what && source ? [{ what: `switches a checker off (${what})`, key: what, line: lineAt(source.text, start) }] : [];
  });
