import { type FixTemplate, type MinedTemplate, mineTemplates } from '@selfheal/engine';
import type { Memory, MemoryRecord } from './memory.js';

/** A remembered fix as a template without holes. */
export const templateOf = (fix: NonNullable<MemoryRecord['fix']>): FixTemplate => ({ ...fix, holes: [] });

/**
 * Shapes that at least two fixes share, most shared first. The same fix of the same function counts once: that it was made
 * again says nothing of other places. Pure.
 */
export function minedFrom(memory: Memory): MinedTemplate[] {
  const distinct = new Map<string, FixTemplate>();
  for (const { outcome, fix, path, function: name = '' } of memory.records) {
    if (outcome === 'proven' && fix) distinct.set([path, name, fix.before, fix.after].join('\0'), templateOf(fix));
  }
  return mineTemplates([...distinct.values()], 2);
}
