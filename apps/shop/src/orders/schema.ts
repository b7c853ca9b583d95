import { z } from 'zod';
import { ShippingMethod } from '../shipping/rates.ts';

const Status = z.enum(['placed', 'shipped', 'delivered', 'cancelled']);

export const OrdersQuery = z.object({ customer: z.email() });
export const CancelRequest = z.object({ reason: z.string().max(500).optional() });

export const OrderResponse = z.object({
  id: z.string(),
  status: Status,
  customerName: z.string(),
  /** Where the goods go; null when the customer picks them up. */
  shipTo: z.string().nullable(),
  shippingMethod: ShippingMethod,
  items: z.array(z.object({ productId: z.string(), name: z.string(), quantity: z.int(), unitPrice: z.int() })),
  subtotal: z.int(),
  discount: z.int(),
  tax: z.int(),
  shipping: z.int(),
  total: z.int(),
  placedAt: z.iso.datetime(),
});

export const OrderList = z.object({
  customer: z.string(),
  orders: z.array(z.object({ id: z.string(), status: Status, total: z.int(), placedAt: z.iso.datetime() })),
});

export const TrackingResponse = z.object({
  orderId: z.string(),
  parcels: z.array(z.object({ trackingNumber: z.string(), state: z.string() })),
});
