import { conflict, HttpError, notFound } from '../http/errors.ts';
import type { Order } from '../orders/model.ts';
import { findOrder } from '../orders/service.ts';
import type { Store } from '../store/store.ts';
import type { Return } from './model.ts';
import { type Refund, refundOf } from './refund.ts';
import type { ReturnRequest } from './schema.ts';

export function findReturn(store: Store, id: string): Return {
  const ret = store.returns.get(id);
  if (!ret) throw notFound('return', id);
  return ret;
}

export const refundFor = (store: Store, ret: Return): Refund => refundOf(ret, findOrder(store, ret.orderId));

/** Opens a return. @throws HttpError 400 for goods that were not ordered, 409 for goods already on their way back */
export function createReturn(store: Store, request: ReturnRequest): Return {
  const order = findOrder(store, request.orderId);
  if (order.status === 'placed' || order.status === 'cancelled') throw conflict(`order ${order.id} was not sent`);
  for (const item of request.items) {
    const ordered = order.lines.find((line) => line.productId === item.productId)?.quantity ?? 0;
    if (ordered === 0) throw new HttpError(400, `${item.productId} is not part of order ${order.id}`);
    if (returnedBefore(store, order, item.productId) + item.quantity > ordered) throw conflict(`${item.productId} is already returned`);
  }
  const { orderId, reason, items: lines } = request;
  const ret: Return = { id: store.nextId('ret'), orderId, reason, status: 'requested', lines, createdAt: store.now() };
  store.returns.set(ret.id, ret);
  return ret;
}

function returnedBefore(store: Store, order: Order, productId: string): number {
  const lines = [...store.returns.values()].filter((ret) => ret.orderId === order.id).flatMap((ret) => ret.lines);
  return lines.filter((line) => line.productId === productId).reduce((sum, line) => sum + line.quantity, 0);
}
