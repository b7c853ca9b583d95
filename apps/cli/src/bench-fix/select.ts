import { matchesGlob } from 'node:path';

/** The keys (`suite/id`) that match `filter`; of each suite at most `limit`, spread evenly. Order is kept. Pure. */
export function select(keys: readonly string[], { filter, limit }: { readonly filter?: string; readonly limit?: number }): string[] {
  const matching = keys.filter((key) => !filter || matchesGlob(key, filter) || matchesGlob(key.slice(key.indexOf('/') + 1), filter));
  if (limit === undefined) return matching;
  return [...Map.groupBy(matching, (key) => key.split('/')[0])].flatMap(([, of]) => spread(of, limit));
}

const spread = (items: readonly string[], limit: number): string[] =>
  items.length <= limit ? [...items] : Array.from({ length: limit }, (_, i) => items[Math.floor((i * items.length) / limit)] ?? '');
