import type { Cart } from '../cart/model.ts';
import type { Product } from '../catalogue/model.ts';
import type { Order } from '../orders/model.ts';
import type { Return } from '../returns/model.ts';
import { seedCarts } from './seed/carts.ts';
import { seedOrders } from './seed/orders.ts';
import { seedProducts, seedStock } from './seed/products.ts';
import { seedReturns } from './seed/returns.ts';

/** Everything the shop knows, in memory. */
export interface Store {
  products: Map<string, Product>;
  stock: Map<string, number>;
  carts: Map<string, Cart>;
  orders: Map<string, Order>;
  returns: Map<string, Return>;
  /** The next free id: `ord_2001`, `ord_2002`, … */
  nextId(prefix: string): string;
  /** The time as ISO 8601 in UTC. */
  now(): string;
}

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));

/** A store with the seed data: the same in every process. */
export function createStore(clock: () => Date = () => new Date()): Store {
  const counters = new Map<string, number>();
  return {
    products: byId(seedProducts()),
    stock: seedStock(),
    carts: byId(seedCarts()),
    orders: byId(seedOrders()),
    returns: byId(seedReturns()),
    nextId(prefix) {
      const next = (counters.get(prefix) ?? 2000) + 1;
      counters.set(prefix, next);
      return `${prefix}_${next}`;
    },
    now: () => clock().toISOString(),
  };
}
