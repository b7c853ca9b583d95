export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
  total: number;
}

/** One page of a list. Pages count from 1; a page past the end is empty. */
export function paginate<T>(all: readonly T[], page: number, size: number): Page<T> {
  const start = (page - 1) * size;
  return {
    items: all.slice(start, start + size),
    page,
    pages: Math.ceil(all.length / size),
    total: all.length,
  };
}
