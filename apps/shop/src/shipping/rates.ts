import { z } from 'zod';
import { config } from '../config.ts';

export const ShippingMethod = z.enum(['standard', 'express', 'pickup']);
export type ShippingMethod = z.infer<typeof ShippingMethod>;

/** What a shipping method costs, in cents. */
export function shippingRate(method: ShippingMethod): number {
  const rate = config.shippingRates[method];
  if (rate === undefined) throw new Error(`config.shippingRates has no key "${method}"`);
  return rate;
}
