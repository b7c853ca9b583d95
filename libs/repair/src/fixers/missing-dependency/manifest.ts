import { applyEdits, type Edit, insert, type JsonMember, jsonMembers } from '@selfheal/engine';

const LISTS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;
export type List = 'dependencies' | 'devDependencies';

/** The packages that a manifest names, in any of its lists. */
export const declaredIn = (manifest: string): string[] =>
  (jsonMembers(manifest) ?? []).flatMap(({ key, members = [] }) =>
    (LISTS as readonly string[]).includes(key) ? members.map((each) => each.key) : [],
  );

/**
 * A manifest with one package more, and the range that it got: exact where the others are (npm's save-exact), else `^`.
 * Sorted in as npm sorts; everything else stays byte for byte. Nothing for a text that is no manifest.
 */
export function manifestWith(text: string, list: List, name: string, version: string): { text: string; range: string } | undefined {
  const members = jsonMembers(text);
  if (!members) return undefined;
  const ranges = members.flatMap(({ key, members: packages = [] }) =>
    key === 'dependencies' || key === 'devDependencies' ? packages : [],
  );
  const exact = ranges.length > 0 && ranges.every(({ value }) => typeof value === 'string' && /^\d/.test(value));
  const range = exact ? version : `^${version}`;
  const edit = additionTo(text, members, list, name, range);
  return edit && { text: applyEdits(text, [edit]), range };
}

/** The edit that adds `"name": "range"` to the list among the members of an object; makes the list when there is none. */
export function additionTo(text: string, members: readonly JsonMember[], list: List, name: string, range: string): Edit | undefined {
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
  const there = members.find(({ key }) => key === list);
  if (there) {
    if (!there.members) return undefined;
    const before = there.members.findLast(({ key }) => key < name);
    const [first] = there.members;
    if (before) return insert(before.valueAt.end, `,${gapBefore(text, before)}${entry}`);
    if (first) return insert(first.keyAt.start, `${entry},${gapBefore(text, first)}`);
    const gap = gapBefore(text, there);
    return { start: there.valueAt.start, end: there.valueAt.end, text: `{${gap}${unit(text)}${entry}${gap}}` };
  }
  const after = members.find(({ key }) => key === (list === 'dependencies' ? 'devDependencies' : 'dependencies')) ?? members.at(-1);
  if (!after) return undefined;
  const gap = gapBefore(text, after);
  const made = `${JSON.stringify(list)}: {${gap}${gap.includes('\n') ? unit(text) : ''}${entry}${gap}}`;
  return list === 'dependencies' && after.key === 'devDependencies'
    ? insert(after.keyAt.start, `${made},${gap}`)
    : insert(after.valueAt.end, `,${gap}${made}`);
}

/** The white space before a key: what stands before its neighbour, too. */
const gapBefore = (text: string, { keyAt }: JsonMember): string =>
  /\s*$/.exec(text.slice(Math.max(0, keyAt.start - 200), keyAt.start))?.[0] ?? '';

/** One step of the text's indentation. */
const unit = (text: string): string => /\n([ \t]+)\S/.exec(text)?.[1] ?? '';
