import { type ConfigEntry, configEntries, setEntry } from '../shared/config-entries.js';
import { type ConfigRead, configReads } from '../shared/config-reads.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';

/** One value that may be wrong, with the ways to mend it. */
export interface Suspicion {
  readonly entry: ConfigEntry;
  readonly summary: string;
  readonly confidence: number;
  readonly fixes: readonly Proposal[];
}

/** The failure, the configuration, and where code reads it. */
export interface Configured {
  readonly scene: Scene;
  /** What the failure says, bounded. */
  readonly said: string;
  readonly entries: readonly ConfigEntry[];
  readonly readsOf: (entry: ConfigEntry) => readonly ConfigRead[];
}

export function withReads(scene: Scene): Configured {
  const { name, message, code } = scene.failure.error;
  let reads: readonly ConfigRead[] | undefined;
  return {
    scene,
    said: `${name} ${code ?? ''} ${message.slice(0, 4000)}`,
    entries: configEntries(scene.sources),
    readsOf: ({ keys, format }) => {
      reads ??= configReads(scene.project);
      return reads.filter((read) => read.env === (format === 'env') && read.keys.join('.') === keys.join('.'));
    },
  };
}

export const lastKey = ({ keys }: ConfigEntry): string => keys.at(-1) ?? '';

/** The fix that writes another value in the file; none when the format cannot hold it. */
export function valueFix(
  { scene }: Configured,
  entry: ConfigEntry,
  value: string | number | boolean,
  template: string,
  score: number,
): Proposal[] {
  const text = scene.sources.files.get(entry.path) ?? '';
  const edit = setEntry(entry, value, text);
  if (!edit) return [];
  const summary = `${entry.keys.join('.')} is ${edit.text}`.slice(0, 500);
  return [{ edits: { [entry.path]: [edit] }, template: `config-value/${template}`, summary, score }];
}

/** The fixes that convert the value where it is read: `convert` is given the reading expression's text. */
export const readFixes = (
  { readsOf }: Configured,
  entry: ConfigEntry,
  convert: (text: string) => string,
  template: string,
  score: number,
): Proposal[] =>
  readsOf(entry)
    .slice(0, 3)
    .filter(({ node }) => node.type !== 'Property')
    .map(({ file, node }) => {
      const text = convert(file.textOf(node));
      return {
        edits: { [file.path]: [{ start: node.start, end: node.end, text }] },
        template: `config-value/${template}`,
        summary: `${file.path}:${file.positionAt(node.start).line}: read ${entry.keys.join('.')} as ${text}`.slice(0, 500),
        score,
      };
    });
