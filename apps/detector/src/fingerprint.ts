import { createHash } from 'node:crypto';
import type { FailureEvent } from '@selfheal/contracts';
import { fingerprintFrames, normaliseMessage } from '@selfheal/engine';

/**
 * What makes two failures one incident: target, type, error name, message without its values, in-app frames (functions,
 * not lines) and route. SHA-256 in hex.
 */
export function fingerprint({ type, payload }: FailureEvent, root: string): string {
  const { service, error, route } = payload;
  const parts = [service, type, error.name, normaliseMessage(error.message), route ?? '', ...fingerprintFrames(error.stack ?? '', root)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
