import { config } from '../config.ts';
import { goodsValue } from '../pricing/totals.ts';
import type { Cart } from './model.ts';

export const toCartResponse = (cart: Cart) => ({
  id: cart.id,
  items: cart.lines.map((line) => ({
    productId: line.productId,
    name: line.name,
    unitPrice: line.unitPrice,
    quantity: line.quantity,
    amount: line.unitPrice * line.quantity,
  })),
  subtotal: goodsValue(cart.lines),
  currency: config.currency,
});
