/**
 * Moves every path that is `from` or inside of it to `to`, wherever one stands in a text: after a separator or a quote,
 * and up to the end of the name. `/repo-2` is not inside of `/repo`.
 */
export function rebasePaths(text: string, from: string, to: string): string {
  if (from === '' || from === '/' || !text.includes(from)) return text;
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w./-])${escaped}(?![\\w.-])`, 'g'), () => to);
}

/** As {@link rebasePaths} for text that a program said, where a path may also be a URL (`file:///repo/a.js`). */
export function rebaseOutput(text: string, from: string, to: string): string {
  return rebasePaths(text.replaceAll(`file://${from}/`, `file://${to}/`), from, to);
}

/** Rebases each value of an environment; PATH and its like are lists, which the rule for separators covers. */
export function rebaseEnvironment(env: Readonly<Record<string, string>>, from: readonly string[], to: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, from.reduce((text, root) => rebasePaths(text, root, to), value)]),
  );
}
