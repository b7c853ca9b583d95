import { findCart, quoteCart } from '../cart/service.ts';
import { reserve } from '../catalogue/inventory.ts';
import { conflict } from '../http/errors.ts';
import type { Order } from '../orders/model.ts';
import { discountOf } from '../pricing/coupons.ts';
import type { Store } from '../store/store.ts';
import { charge } from './payments.ts';
import type { CheckoutRequest } from './schema.ts';

/** Turns a cart into an order: takes the goods out of stock, charges the customer, closes the cart. */
export async function checkout(store: Store, request: CheckoutRequest): Promise<Order> {
  const cart = findCart(store, request.cartId);
  if (cart.orderId !== null) throw conflict(`cart ${cart.id} is already checked out`);
  if (cart.lines.length === 0) throw conflict(`cart ${cart.id} is empty`);

  const totals = quoteCart(cart, request.shipping, request.coupon);
  const id = store.nextId('ord');
  cart.orderId = id;
  try {
    await reserve(store, cart.lines);
    const payment = await charge(id, totals.total);
    const order: Order = {
      id,
      status: 'placed',
      customer: request.customer,
      address: request.address,
      shippingMethod: request.shipping,
      discountRate: discountOf(request.coupon),
      lines: cart.lines.map((line) => ({ ...line })),
      totals,
      parcels: [],
      paymentId: payment.id,
      placedAt: store.now(),
    };
    store.orders.set(id, order);
    return order;
  } catch (error) {
    cart.orderId = null;
    throw error;
  }
}
