import { config } from '../config.ts';
import type { Order } from '../orders/model.ts';
import { goodsValue } from '../pricing/totals.ts';
import type { Return } from './model.ts';

export interface Refund {
  goods: number;
  discount: number;
  tax: number;
  restockingFee: number;
  amount: number;
}

/** What a customer gets back: the goods at the price they paid, with its tax, less the restocking fee. */
export function refundOf(ret: Return, order: Order): Refund {
  const returned = ret.lines.map(({ productId, quantity }) => {
    const line = order.lines.find((l) => l.productId === productId);
    return { unitPrice: line?.unitPrice ?? 0, quantity };
  });
  const goods = goodsValue(returned);
  const discount = Math.round(goods * order.discountRate);
  const paid = goods - discount;
  const tax = Math.round(paid * config.taxRate);
  const restockingFee = Math.round(paid * config.restockingFees[ret.reason]);
  return { goods, discount, tax, restockingFee, amount: paid + tax - restockingFee };
}
