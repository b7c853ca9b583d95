import { conflict } from '../http/errors.ts';
import type { Store } from '../store/store.ts';

/** How many pieces of a product the warehouse holds. */
export async function stockLevel(store: Store, productId: string): Promise<number> {
  return store.stock.get(productId) ?? 0;
}

/** Takes the pieces of an order out of stock: all of them or none. @throws HttpError 409 when one is short */
export async function reserve(store: Store, lines: readonly { productId: string; quantity: number }[]): Promise<void> {
  for (const { productId, quantity } of lines) {
    if ((store.stock.get(productId) ?? 0) < quantity) throw conflict(`not enough of ${productId} in stock`);
  }
  for (const { productId, quantity } of lines) store.stock.set(productId, (store.stock.get(productId) ?? 0) - quantity);
}

/** Puts the pieces of a cancelled order back. */
export async function release(store: Store, lines: readonly { productId: string; quantity: number }[]): Promise<void> {
  for (const { productId, quantity } of lines) store.stock.set(productId, (store.stock.get(productId) ?? 0) + quantity);
}
