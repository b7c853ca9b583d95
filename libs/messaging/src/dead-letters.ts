import { deadSubject, type ServiceName } from '@selfheal/contracts';
import { headers, type JetStreamClient, type JsMsg } from 'nats';

/** Of a message too large to keep whole, this much is kept. */
const KEPT_BYTES = 65_536;

/** Keeps a message that could not be handled, with its reason, so that nothing is dropped silently. */
export async function bury(js: JetStreamClient, service: ServiceName, message: JsMsg, code: string, reason: string): Promise<void> {
  const h = headers();
  h.set('selfheal-code', code);
  h.set('selfheal-reason', headerText(reason));
  h.set('selfheal-subject', message.subject);
  h.set('selfheal-seq', String(message.seq));
  h.set('selfheal-deliveries', String(message.info.deliveryCount));
  h.set('selfheal-bytes', String(message.data.length));
  const msgID = `${service}.${message.info.stream}.${message.seq}`;
  await js.publish(deadSubject(service, message.info.stream), message.data.subarray(0, KEPT_BYTES), { headers: h, msgID });
}

/** A header is one line of printable text. */
const headerText = (text: string): string =>
  [...text.slice(0, 1000)]
    .map((c) => (c < ' ' || c === '\u007f' ? ' ' : c))
    .join('')
    .trim();
