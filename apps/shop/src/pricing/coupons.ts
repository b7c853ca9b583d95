import { config } from '../config.ts';
import { HttpError } from '../http/errors.ts';

/** The discount of a coupon, 0 without one. @throws HttpError 400 for a coupon that we never issued */
export function discountOf(coupon: string | undefined): number {
  if (coupon === undefined) return 0;
  const discount = config.coupons[coupon];
  if (discount === undefined) throw new HttpError(400, `coupon ${coupon} is not valid`);
  return discount;
}
