import { findProduct } from '../catalogue/service.ts';
import { conflict, notFound } from '../http/errors.ts';
import { discountOf } from '../pricing/coupons.ts';
import { type Totals, totalsOf } from '../pricing/totals.ts';
import { type ShippingMethod, shippingRate } from '../shipping/rates.ts';
import type { Store } from '../store/store.ts';
import type { Cart } from './model.ts';
import type { AddItemRequest } from './schema.ts';

export function createCart(store: Store): Cart {
  const cart: Cart = { id: store.nextId('cart'), lines: [], orderId: null };
  store.carts.set(cart.id, cart);
  return cart;
}

export function findCart(store: Store, id: string): Cart {
  const cart = store.carts.get(id);
  if (!cart) throw notFound('cart', id);
  return cart;
}

/** Adds pieces of a product; a product that is already in the cart gets more of them. */
export function addItem(store: Store, cartId: string, { productId, quantity }: AddItemRequest): Cart {
  const cart = openCart(store, cartId);
  const product = findProduct(store, productId);
  const line = cart.lines.find((l) => l.productId === product.id);
  if (line) line.quantity += quantity;
  else cart.lines.push({ productId: product.id, name: product.name, unitPrice: product.price, quantity });
  return cart;
}

export function removeItem(store: Store, cartId: string, productId: string): Cart {
  const cart = openCart(store, cartId);
  cart.lines = cart.lines.filter((line) => line.productId !== productId);
  return cart;
}

export function quoteCart(cart: Cart, method: ShippingMethod, coupon?: string): Totals {
  return totalsOf(cart.lines, discountOf(coupon), shippingRate(method));
}

function openCart(store: Store, id: string): Cart {
  const cart = findCart(store, id);
  if (cart.orderId !== null) throw conflict(`cart ${id} is already checked out`);
  return cart;
}
