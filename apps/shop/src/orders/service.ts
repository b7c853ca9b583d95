import { release } from '../catalogue/inventory.ts';
import { conflict, notFound } from '../http/errors.ts';
import type { Store } from '../store/store.ts';
import type { Order } from './model.ts';

export function findOrder(store: Store, id: string): Order {
  const order = store.orders.get(id);
  if (!order) throw notFound('order', id);
  return order;
}

/** A customer's orders, newest first. Mail addresses are compared without case. */
export function ordersOfCustomer(store: Store, email: string): Order[] {
  const wanted = email.toLowerCase();
  const orders = [...store.orders.values()].filter((order) => order.customer.email.toLowerCase() === wanted);
  return orders.sort((a, b) => b.placedAt.localeCompare(a.placedAt));
}

/** Cancels an order that has not left the house. Cancelling it again changes nothing. */
export async function cancelOrder(store: Store, id: string): Promise<Order> {
  const order = findOrder(store, id);
  if (order.status === 'cancelled') return order;
  if (order.status !== 'placed') throw conflict(`order ${id} is already ${order.status}`);
  order.status = 'cancelled';
  await release(store, order.lines);
  return order;
}
