import type { FixReport } from '../report.js';
import { remember } from './memory.js';
import { memoryPath } from './place.js';
import { readMemory, writeMemory } from './store.js';

/**
 * Writes down what a heal taught, once it is known what became of its patch: a proven fix counts only when it was applied.
 * A memory that cannot be written fails no heal. Of two heals that end at the same moment one may be forgotten.
 * @returns a note for people when it could not be written
 */
export async function rememberHeal(heal: {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly report: FixReport;
  readonly applied: boolean;
  readonly at: Date;
  /** Absolute path of the memory; the repository's own unless given. */
  readonly path?: string;
}): Promise<string | undefined> {
  const lessons = (heal.report.lessons ?? []).filter(({ outcome }) => outcome !== 'proven' || heal.applied);
  if (lessons.length === 0) return undefined;
  try {
    const path = heal.path ?? (await memoryPath(heal.root));
    const { memory } = await readMemory(path);
    await writeMemory(path, remember(memory, lessons, heal.at.toISOString()));
    return undefined;
  } catch (error) {
    return `this heal could not be remembered: ${String(error)}`;
  }
}
