import { z } from 'zod';
import { ShippingMethod } from '../shipping/rates.ts';

const Address = z.object({
  street: z.string().min(1).max(200),
  city: z.string().min(1).max(100),
  postcode: z.string().min(1).max(20),
  country: z.string().length(2),
});

export const CheckoutRequest = z
  .object({
    cartId: z.string().min(1),
    customer: z.object({ name: z.string().min(1).max(200), email: z.email() }),
    address: Address.nullable().default(null),
    shipping: ShippingMethod.default('standard'),
    coupon: z.string().optional(),
  })
  .refine((order) => order.shipping === 'pickup' || order.address !== null, { path: ['address'], error: 'needed unless you pick it up' });
export type CheckoutRequest = z.infer<typeof CheckoutRequest>;

export const IdempotencyKey = z.string().min(1).max(255).optional();
