import { config } from '../config.ts';
import type { Return } from './model.ts';
import type { Refund } from './refund.ts';

export const toReturnResponse = (ret: Return, refund: Refund) => ({
  id: ret.id,
  orderId: ret.orderId,
  status: ret.status,
  reason: ret.reason,
  items: ret.lines,
  refundAmount: refund.amount,
  restockingFee: refund.restockingFee,
  currency: config.currency,
  createdAt: ret.createdAt,
});
