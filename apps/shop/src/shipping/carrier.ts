import { setTimeout as delay } from 'node:timers/promises';
import { config } from '../config.ts';

const STATES = ['accepted', 'in_transit', 'out_for_delivery', 'delivered'] as const;

export interface ParcelStatus {
  trackingNumber: string;
  state: (typeof STATES)[number];
}

/** Asks the carrier where a parcel is. The carrier is simulated: it takes its time and answers by the last digit. */
export async function parcelStatus(trackingNumber: string): Promise<ParcelStatus> {
  await delay(config.carrierLatencyMs);
  const state = STATES[Number(trackingNumber.at(-1)) % STATES.length] ?? 'accepted';
  return { trackingNumber, state };
}
