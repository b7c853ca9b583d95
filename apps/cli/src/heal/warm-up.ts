import { SAFE_METHODS } from '@selfheal/contracts';
import { loadTarget } from '@selfheal/targets';
import type { System } from '../system/system.js';
import { send } from './trigger.js';

/** Ordinary traffic before anything breaks: the emitter records good requests, which a patch must not break. */
export async function warmUp({ target, shop }: System): Promise<void> {
  const { config } = await loadTarget(target.root);
  for (const { request } of config.replay.good) if (SAFE_METHODS.has(request.method)) await send(shop.at.url, request);
}
