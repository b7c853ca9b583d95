import { notFound } from '../http/errors.ts';
import type { Store } from '../store/store.ts';
import type { Product } from './model.ts';
import { type Page, paginate } from './paging.ts';
import type { ListQuery } from './schema.ts';

export function listProducts(store: Store, query: ListQuery): Page<Product> {
  const products = [...store.products.values()].filter((p) => query.category === undefined || p.category === query.category);
  return paginate(products, query.page, query.size);
}

export function findProduct(store: Store, id: string): Product {
  const product = store.products.get(id);
  if (!product) throw notFound('product', id);
  return product;
}

/** Products whose name or description holds every word of the query, names first. */
export function searchProducts(store: Store, query: string): Product[] {
  const words = query.toLowerCase().split(/\s+/);
  const holds = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const found = [...store.products.values()].filter((p) => holds(`${p.name} ${p.description}`));
  return found.sort((a, b) => Number(holds(b.name)) - Number(holds(a.name)));
}
