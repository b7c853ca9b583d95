/** At most `max` UTF-16 code units, never half a character, and valid Unicode (a lone surrogate breaks JSON consumers). */
export function bounded(text: string, max: number): string {
  const cut = text.length <= max ? text : `${text.slice(0, max - 1)}…`;
  return cut.toWellFormed();
}

/** Reads something from a hostile object: a getter that throws is the same as nothing. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
