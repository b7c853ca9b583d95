import type { Order } from './model.ts';

export const toOrderResponse = (order: Order) => ({
  id: order.id,
  status: order.status,
  customerName: order.customer.name,
  shipTo: order.address?.city ?? null,
  shippingMethod: order.shippingMethod,
  items: order.lines.map(({ productId, name, quantity, unitPrice }) => ({ productId, name, quantity, unitPrice })),
  subtotal: order.totals.subtotal,
  discount: order.totals.discount,
  tax: order.totals.tax,
  shipping: order.totals.shipping,
  total: order.totals.total,
  placedAt: order.placedAt,
});

export const toOrderSummary = (order: Order) => ({
  id: order.id,
  status: order.status,
  total: order.totals.total,
  placedAt: order.placedAt,
});
