import { isCode, sourcesOf } from '../ast/source.js';
import type { Check, PatchFile } from '../facts.js';
import { beyond, findOps } from '../ops/op.js';
import { swallowed } from '../ops/swallowed.js';
import { finding } from './finding.js';

/** The patch does not make a failure silent: that hides it, from selfheal too. */
export const noSwallowedErrors: Check = {
  name: 'no_swallowed_errors',
  group: 'validation',
  needs: 'patch',
  run({ files }) {
    return finding(files.flatMap(problemsOf), 'no error is swallowed that was not before');
  },
};

function problemsOf(file: PatchFile): string[] {
  if (!isCode(file.path)) return [];
  const { before, after } = sourcesOf(file);
  const [was, now] = [before ? findOps(before, [swallowed]) : [], after ? findOps(after, [swallowed]) : []];
  return beyond(was, now).map((hit) => `${file.path}:${hit.line} ${hit.what}`);
}
