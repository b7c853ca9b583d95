import type { SourceSnapshot } from '@selfheal/contracts';
import type { Proposal } from '../shared/playbook.js';
import { argumentCount } from './argument-count.js';
import { asyncFunction } from './async-function.js';
import { conversion } from './conversions.js';
import type { TypeDiagnostic } from './diagnostic.js';
import { didYouMean } from './did-you-mean.js';
import { missingImport } from './missing-import.js';
import { missingProperty } from './missing-property.js';
import { possiblyNull } from './possibly-null.js';
import { spotOf, type TypeFix } from './spot.js';

export { type TypeDiagnostic, typeDiagnostics } from './diagnostic.js';

/**
 * The codemods by the compiler's error code (https://github.com/microsoft/TypeScript/blob/main/src/compiler/diagnosticMessages.json).
 * There is none that only silences it: no `any`, no assertion, no `@ts-ignore`.
 */
const FIXES: Readonly<Record<number, readonly TypeFix[]>> = {
  1308: [asyncFunction],
  1378: [asyncFunction],
  2304: [didYouMean, missingImport],
  2322: [didYouMean, conversion],
  2345: [didYouMean, conversion],
  2503: [missingImport],
  2531: [possiblyNull],
  2532: [possiblyNull],
  2533: [possiblyNull],
  2551: [didYouMean],
  2552: [missingImport, didYouMean],
  2554: [argumentCount],
  2555: [argumentCount],
  2561: [didYouMean],
  2568: [didYouMean],
  2570: [didYouMean],
  2722: [possiblyNull],
  2724: [didYouMean],
  2739: [missingProperty],
  2740: [missingProperty],
  2741: [missingProperty],
  2820: [didYouMean],
  18047: [possiblyNull],
  18048: [possiblyNull],
  18049: [possiblyNull],
};

/** Ways to mend one error of the compiler, best first. Pure; empty for a code or a place that no codemod knows. */
export function typeErrorFixes(diagnostic: TypeDiagnostic, snapshot: SourceSnapshot): Proposal[] {
  const fixes = FIXES[diagnostic.code];
  const spot = fixes && spotOf(diagnostic, snapshot);
  if (!fixes || !spot) return [];
  return fixes.flatMap((fix) => fix(spot)).sort((a, b) => b.score - a.score);
}
