export interface CartLine {
  productId: string;
  name: string;
  unitPrice: number;
  quantity: number;
}

export interface Cart {
  id: string;
  lines: CartLine[];
  /** The order that the cart became. A cart is checked out once. */
  orderId: string | null;
}
