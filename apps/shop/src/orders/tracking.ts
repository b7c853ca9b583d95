import { type ParcelStatus, parcelStatus } from '../shipping/carrier.ts';
import type { Order } from './model.ts';

/** Where each parcel of an order is, in the order in which they were packed. */
export async function trackParcels(order: Order): Promise<ParcelStatus[]> {
  const statuses = await Promise.all(order.parcels.map((trackingNumber) => parcelStatus(trackingNumber)));
  return statuses;
}
