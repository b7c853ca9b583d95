import { failureEvent, failureSubject } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';

export interface Watched {
  readonly service: string;
  readonly type: string;
  readonly route?: string | undefined;
  readonly errorName: string;
}

/** Watches real traffic for the same failure, at most `windowMs`. Resolves true as soon as it comes again. */
export function failureRecurs(
  broker: Broker,
  { service, type, route, errorName }: Watched,
  windowMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const subscription = broker.connection.subscribe(failureSubject(service), {
      callback: (error, message) => {
        if (error) return;
        const event = failureEvent.safeParse(parseJson(message.data));
        if (!event.success) return;
        const { payload } = event.data;
        if (event.data.type === type && payload.route === route && payload.error.name === errorName) finish(() => resolve(true));
      },
    });
    const timer = setTimeout(() => finish(() => resolve(false)), windowMs);
    const aborted = () => finish(() => reject(signal.reason));
    signal.addEventListener('abort', aborted, { once: true });
    function finish(settle: () => void): void {
      clearTimeout(timer);
      subscription.unsubscribe();
      signal.removeEventListener('abort', aborted);
      settle();
    }
  });
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}
