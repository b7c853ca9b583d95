/**
 * Postgres cannot keep U+0000 in text, nor half a surrogate pair in text or jsonb, and an error message from outside may hold both. They
 * become U+FFFD in what people read; the event itself is kept as it came (heal-event.entity.ts).
 */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** A copy of a JSON value in which every string, keys too, is {@link storableText}. */
export function storable<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [storableText(key), copy(field)]));
}
