/** English plurals as they occur in routes. What is not a plural by these rules stays as it is. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(ss|us|is)$/, '$1'],
  [/ies$/, 'y'],
  [/(ss|x|z|ch|sh|us)es$/, '$1'],
  [/s$/, ''],
];

/** The singular of a lower-case English noun: `returns` → `return`, `categories` → `category`, `status` → `status`. */
export function singular(word: string): string {
  if (word.length < 4) return word;
  const rule = RULES.find(([pattern]) => pattern.test(word));
  return rule ? word.replace(rule[0], rule[1]) : word;
}
