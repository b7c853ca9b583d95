import type { ConfigEntry } from '../shared/config-entries.js';
import { issuesIn } from '../shared/issues.js';
import type { Proposal } from '../shared/playbook.js';
import { type Configured, lastKey, readFixes, type Suspicion, valueFix } from './suspicion.js';

type Wanted = 'number' | 'boolean' | 'string';

/** A number or a boolean written as text, or text written as a number, by what a validator or Node says of it. */
export function wrongTypes(configured: Configured): Suspicion[] {
  return complaints(configured).flatMap(({ wanted, fits }) =>
    configured.entries.filter(fits).flatMap((entry) => {
      const fixes = conversions(configured, entry, wanted);
      const summary = `${entry.keys.join('.')} is ${JSON.stringify(entry.value)}, a ${wanted} is wanted`;
      return fixes.length === 0 ? [] : [{ entry, summary, confidence: 0.92, fixes }];
    }),
  );
}

interface Complaint {
  readonly wanted: Wanted;
  readonly fits: (entry: ConfigEntry) => boolean;
}

function complaints({ scene, said }: Configured): Complaint[] {
  const found: Complaint[] = [];
  for (const { keys, expected, received } of issuesIn(scene.failure)) {
    const wanted = wantedOf(expected);
    if (!wanted || (received !== undefined && received === wanted)) continue;
    found.push({ wanted, fits: (entry) => keys.length > 0 && entry.keys.slice(-keys.length).join('.') === keys.join('.') });
  }
  // `The "msecs" argument must be of type number. Received type string ('3000')` (Node's ERR_INVALID_ARG_TYPE).
  const node = /must be (?:of type|an?) (\w+)\b[\s\S]{0,200}?Received type (\w+) \(['"]?([^'")\n]{1,200})['"]?\)/.exec(said);
  const wanted = wantedOf(node?.[1]);
  if (node && wanted) found.push({ wanted, fits: (entry) => String(entry.value) === node[3] && typeof entry.value === node[2] });
  // `server.port must be a number`, `"retries" must be an integer` (joi, ajv and their like).
  for (const [, key = '', type] of said.matchAll(/["'`]?([A-Za-z_][\w.]{1,100})["'`]? must be (?:an? |of type )?(\w+)/g)) {
    const expected = wantedOf(type);
    if (expected) found.push({ wanted: expected, fits: (entry) => lastKey(entry) === key.split('.').at(-1) });
  }
  return found;
}

function wantedOf(type: string | undefined): Wanted | undefined {
  if (/^(?:number|integer|int|float)$/i.test(type ?? '')) return 'number';
  if (/^bool(?:ean)?$/i.test(type ?? '')) return 'boolean';
  return /^string$/i.test(type ?? '') ? 'string' : undefined;
}

function conversions(configured: Configured, entry: ConfigEntry, wanted: Wanted): Proposal[] {
  const { value, format } = entry;
  if (wanted === 'string') return typeof value === 'number' || typeof value === 'boolean' ? quoted(configured, entry, String(value)) : [];
  if (typeof value !== 'string') return [];
  const text = value.trim();
  const isNumber = wanted === 'number' && /^-?\d+(?:\.\d+)?$/.test(text);
  const isBoolean = wanted === 'boolean' && /^(?:true|false)$/i.test(text);
  if (!isNumber && !isBoolean) return [];
  // A variable of the environment is text whatever is written there.
  const convert = (read: string) => (isNumber ? `Number(${read})` : `(${read} === '${text}')`);
  if (format === 'env') return readFixes(configured, entry, convert, 'type-read', 0.93);
  const right = isNumber ? Number(text) : text.toLowerCase() === 'true';
  return [...valueFix(configured, entry, right, 'type', 0.95), ...readFixes(configured, entry, convert, 'type-read', 0.7)];
}

/** A number or boolean of JSON, YAML or a script as text. */
function quoted({ scene }: Configured, entry: ConfigEntry, value: string): Proposal[] {
  if (entry.format === 'env') return [];
  const mark = entry.format === 'script' ? "'" : '"';
  const raw = (scene.sources.files.get(entry.path) ?? '').slice(entry.valueAt.start, entry.valueAt.end);
  if (raw !== value && !/^[\d._-]+$/.test(raw)) return [];
  const edit = { ...entry.valueAt, text: `${mark}${raw}${mark}` };
  return [
    { edits: { [entry.path]: [edit] }, template: 'config-value/type', summary: `${entry.keys.join('.')} is ${edit.text}`, score: 0.95 },
  ];
}
