import { config } from '../config.ts';

/** Amounts are whole cents; rates are shares of one. */
export interface PricedLine {
  unitPrice: number;
  quantity: number;
}

export interface Totals {
  subtotal: number;
  discount: number;
  tax: number;
  shipping: number;
  total: number;
}

export const goodsValue = (lines: readonly PricedLine[]): number => lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);

/** What an order costs: tax is due on the goods after the discount; shipping is free of tax. */
export function totalsOf(lines: readonly PricedLine[], discountRate: number, shipping: number): Totals {
  const subtotal = goodsValue(lines);
  const discount = Math.round(subtotal * discountRate);
  const tax = Math.round((subtotal - discount) * config.taxRate);
  return { subtotal, discount, tax, shipping, total: subtotal - discount + tax + shipping };
}
