import { type Configured, lastKey, readFixes, type Suspicion, valueFix } from './suspicion.js';

const SAID = /time(?:d)?[ -]?out|ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT|aborted|expired|exceeded/i;
const DURATION = /timeout|ttl|interval|delay|max_?age|expires|wait|deadline|keep_?alive|grace/i;
const SECONDS = /sec(?:ond)?s?$|_s$/i;
/** No time limit of this many milliseconds or fewer is meant; as seconds they are usual. */
const TOO_SHORT = 300;

/** A duration in seconds where milliseconds are wanted: `timeout: 30` of a call that gives up after 30 ms. */
export function wrongUnits(configured: Configured): Suspicion[] {
  const { said, entries } = configured;
  if (!SAID.test(said)) return [];
  const told = [...said.matchAll(/(\d{1,9}(?:\.\d+)?)\s?(?:ms|milliseconds?)\b/g)].map(([, number]) => Number(number));
  return entries.flatMap((entry) => {
    const number = typeof entry.value === 'number' ? entry.value : Number(entry.value || Number.NaN);
    if (!DURATION.test(entry.keys.join('.')) || !(number > 0) || number > TOO_SHORT) return [];
    const named = told.includes(number);
    const seconds = SECONDS.test(lastKey(entry));
    const config = seconds ? [] : valueFix(configured, entry, number * 1000, 'unit', 0.93);
    // A key that says seconds is right: whoever reads it must convert.
    const convert = (text: string) => (entry.format === 'env' ? `Number(${text}) * 1000` : `${text} * 1000`);
    const read = readFixes(configured, entry, convert, 'unit-read', seconds ? 0.93 : 0.6);
    const fixes = [...config, ...read];
    const summary = `${entry.keys.join('.')} is ${number}: seconds, read as milliseconds`;
    return fixes.length === 0 ? [] : [{ entry, summary, confidence: named ? 0.95 : 0.65, fixes }];
  });
}
