/** The one place that reads the environment. Server side only: the browser is handed what it needs as props. */
import { z } from 'zod';

const environment = z.object({
  /** Where the browser reaches the gateway's public API. */
  GATEWAY_URL: z
    .url({ protocol: /^https?$/, error: 'an http or https URL that a browser can reach' })
    .default('http://127.0.0.1:8080')
    .transform((url) => url.replace(/\/+$/, '')),
});

export interface UiConfig {
  /** Without a trailing slash. */
  readonly gatewayUrl: string;
}

/** Reads the configuration at request time, so that one build serves every environment. @throws Error that names each bad variable */
export function readConfig(env: Record<string, string | undefined> = process.env): UiConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`configuration: ${parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
  return { gatewayUrl: parsed.data.GATEWAY_URL };
}
