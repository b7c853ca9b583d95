import type { BodyBuffer } from './body-buffer.js';

/** A request and what came of it. */
export interface Exchange {
  readonly method: string;
  /** The request target as it came: path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined> & { 'content-type'?: string | undefined }>;
  readonly requestBody: BodyBuffer;
  readonly responseBody: BodyBuffer;
  /** Monotonic time at which it began, in milliseconds. */
  readonly startedAt: number;
  /** One of our own replays (`selfheal-replay`): its failures are expected. */
  readonly replay: boolean;
  /** `METHOD /route/:pattern`, once it is known. */
  route?: string;
  /** What was thrown while it was handled. */
  thrown?: unknown;
  /** A failure was already reported for it. */
  reported?: boolean;
  status?: number;
  responseType?: string | undefined;
  durationMs?: number;
}
