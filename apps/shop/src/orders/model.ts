import type { Totals } from '../pricing/totals.ts';
import type { ShippingMethod } from '../shipping/rates.ts';

export interface Address {
  street: string;
  city: string;
  postcode: string;
  country: string;
}

export interface Customer {
  name: string;
  email: string;
}

export interface OrderLine {
  productId: string;
  name: string;
  unitPrice: number;
  quantity: number;
}

export interface Order {
  id: string;
  status: 'placed' | 'shipped' | 'delivered' | 'cancelled';
  customer: Customer;
  /** Guests who pick their goods up give no address. */
  address: Address | null;
  shippingMethod: ShippingMethod;
  discountRate: number;
  lines: OrderLine[];
  totals: Totals;
  /** Tracking numbers, one a parcel. */
  parcels: string[];
  paymentId: string;
  placedAt: string;
}
