import { isAbsolute, relative } from 'node:path';

/** A test's id: its file relative to the root (`/` between parts) and its full title; the title alone when the file is unknown. */
export function testId(root: string, file: string, title: string): string {
  const path = isAbsolute(file) ? relative(root, file) : file;
  return path === '' ? title : `${path.replaceAll('\\', '/')} > ${title}`;
}

/** Makes ids unique in the order they come: the second `a` is `a #2`. */
export function numberIds<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = (seen.get(item.id) ?? 0) + 1;
    seen.set(item.id, count);
    return count === 1 ? item : { ...item, id: `${item.id} #${count}` };
  });
}
