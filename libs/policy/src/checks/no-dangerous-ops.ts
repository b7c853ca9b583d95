import { basename } from 'node:path/posix';
import { isCode, type Source, sourcesOf } from '../ast/source.js';
import type { Check, PatchFile } from '../facts.js';
import { bypass, lostProtections, protection } from '../ops/auth.js';
import { dataLoss } from '../ops/data-loss.js';
import { destination } from '../ops/destinations.js';
import { endlessLoop } from '../ops/loops.js';
import { manifestProblems } from '../ops/manifest.js';
import { importHits } from '../ops/modules.js';
import { obfuscation } from '../ops/obfuscation.js';
import { beyond, findOps, type Hit, type Op } from '../ops/op.js';
import { codeFromText, globalUse, moduleUse } from '../ops/powers.js';
import { processUse } from '../ops/process.js';
import { prototypePollution } from '../ops/prototype.js';
import { slowPattern } from '../ops/regex.js';
import { weakTls } from '../ops/tls.js';
import { finding } from './finding.js';

/** What a patch may not bring in. */
const MAY_NOT_ADD: readonly Op[] = [
  moduleUse,
  globalUse,
  codeFromText,
  processUse,
  weakTls,
  prototypePollution,
  obfuscation,
  endlessLoop,
  bypass,
  destination,
  dataLoss,
  slowPattern,
];
/** What a patch may not take away. */
const MAY_NOT_REMOVE: readonly Op[] = [protection];

/**
 * The patch gives the code no power that it did not have: judged on the syntax tree, on what the patched file has
 * beyond the base revision, so that what was there already and what only moved is no finding.
 */
export const noDangerousOps: Check = {
  name: 'no_dangerous_ops',
  group: 'operation-safety',
  needs: 'patch',
  run({ files }) {
    return finding(files.flatMap(problemsOf), 'the patch adds no dangerous operation and removes no protection');
  },
};

function problemsOf(file: PatchFile): string[] {
  if (!isCode(file.path)) return basename(file.path) === 'package.json' ? manifestProblems(file) : [];
  const { before, after } = sourcesOf(file);
  if (after && after.errors.length > 0) return [`${file.path} does not parse, so it cannot be judged`];
  const shown = (verb: string) => (hit: Hit) => `${file.path}:${hit.line} ${verb}${hit.what}`;
  return [
    ...beyond(powers(before), powers(after)).map(shown('')),
    ...(before ? [] : lostProtections(file.before ?? '', file.after ?? '').map((what) => `${file.path} ${what}`)),
    ...beyond(after ? findOps(after, MAY_NOT_REMOVE) : [], before ? findOps(before, MAY_NOT_REMOVE) : []).map(shown('removes ')),
  ];
}

const powers = (source: Source | undefined): Hit[] => (source ? [...importHits(source), ...findOps(source, MAY_NOT_ADD)] : []);
