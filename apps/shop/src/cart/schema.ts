import { z } from 'zod';
import { ShippingMethod } from '../shipping/rates.ts';

export const AddItemRequest = z.object({ productId: z.string().min(1), quantity: z.int().min(1).max(99).default(1) });
export type AddItemRequest = z.infer<typeof AddItemRequest>;

export const QuoteQuery = z.object({ shipping: ShippingMethod.default('standard'), coupon: z.string().optional() });

export const CartResponse = z.object({
  id: z.string(),
  items: z.array(z.object({ productId: z.string(), name: z.string(), unitPrice: z.int(), quantity: z.int(), amount: z.int() })),
  subtotal: z.int(),
  currency: z.string(),
});

export const QuoteResponse = z.object({
  cartId: z.string(),
  shippingMethod: ShippingMethod,
  subtotal: z.int(),
  discount: z.int(),
  tax: z.int(),
  shipping: z.int(),
  total: z.int(),
});
