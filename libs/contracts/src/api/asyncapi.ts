/** The bus as an AsyncAPI 3 document, made from the pipeline table and the subjects that the services use. */
import { HEALING_EVENT_TYPES, heardBy, PIPELINE, SERVICES, saidBy } from '../pipeline.js';
import { deadSubject, PROGRESS_FILTER, STREAMS } from '../subjects.js';
import { CONTRACT_VERSION } from './json-schemas.js';

type Json = Record<string, unknown>;

const ref = (...path: string[]): Json => ({ $ref: `#/${path.join('/')}` });
/** Subject parameters; a subject is written with `{name}` where the broker has a token. */
const PARAMETERS = {
  service: { description: 'The name of the service that failed: the target in its selfheal.yaml.' },
  trace_id: { description: 'W3C trace id of the heal.' },
  attempt: { description: 'From 1.' },
  consumer: { description: 'The service that could not handle the message.', enum: [...SERVICES] },
  stream: { description: 'The stream that the message came from.', enum: [STREAMS.failures.name, STREAMS.healing.name] },
} as const;
type Parameter = keyof typeof PARAMETERS;

/** CloudEvents 1.0 in binary mode (NATS protocol binding), and W3C trace context. */
const HEADERS: Json = {
  type: 'object',
  required: ['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-time'],
  properties: {
    'ce-specversion': { const: '1.0' },
    'ce-id': { type: 'string', description: "The event's `key`." },
    'ce-source': { type: 'string', description: '`selfheal/<service>`.' },
    'ce-type': { type: 'string', description: "The event's `type`." },
    'ce-time': { type: 'string', format: 'date-time' },
    'content-type': { const: 'application/json' },
    traceparent: { type: 'string', pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' },
    'Nats-Msg-Id': { type: 'string', description: 'Duplicates within the window of the stream are dropped.' },
    'Nats-Expected-Last-Subject-Sequence': { const: '0', description: 'On `healing.>`: an outcome of an attempt exists at most once.' },
  },
};

const DEAD_HEADERS: Json = {
  type: 'object',
  required: ['selfheal-code', 'selfheal-reason', 'selfheal-subject', 'selfheal-seq'],
  properties: {
    'selfheal-code': { type: 'string' },
    'selfheal-reason': { type: 'string' },
    'selfheal-subject': { type: 'string' },
    'selfheal-seq': { type: 'string' },
  },
};

const channel = (address: string, description: string, messages: readonly string[], parameters: readonly Parameter[]): Json => ({
  address,
  description,
  messages: Object.fromEntries(messages.map((name) => [name, ref('components', 'messages', name)])),
  ...(parameters.length > 0 && {
    parameters: Object.fromEntries(parameters.map((name) => [name, PARAMETERS[name]])),
  }),
});

const message = (name: string, summary: string, more: Json = {}): Json => ({
  name,
  summary,
  contentType: 'application/json',
  headers: HEADERS,
  payload: {
    schemaFormat: 'application/schema+json;version=draft-2020-12',
    schema: { $ref: `./schemas/${CONTRACT_VERSION}/${name}.json` },
  },
  ...more,
});

const operation = (action: 'send' | 'receive', of: string, service: string, summary: string): Json => ({
  action,
  channel: ref('channels', of),
  summary,
  tags: [{ name: service }],
  messages: [ref('channels', of, 'messages', of)],
});

/** The document; `version` is that of the product. */
export function asyncApi(version: string): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'selfheal events',
      version,
      description: 'From a failure to a verified fix or a clean rollback, on NATS JetStream.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      FAILURE: channel('failures.{service}', `Stream ${STREAMS.failures.name}: what broke.`, ['FAILURE'], ['service']),
      ...Object.fromEntries(
        HEALING_EVENT_TYPES.map((type) => [
          type,
          channel(`healing.{trace_id}.${type}.{attempt}`, `Stream ${STREAMS.healing.name}.`, [type], ['trace_id', 'attempt']),
        ]),
      ),
      PATCH_LOG: channel(
        PROGRESS_FILTER.replace('*', '{trace_id}'),
        'Core NATS: progress lines, lossy, never a decision.',
        ['PATCH_LOG'],
        ['trace_id'],
      ),
      DEAD: channel(
        deadSubject('rca', '{stream}').replace('rca', '{consumer}'),
        `Stream ${STREAMS.dead.name}: what could not be handled.`,
        ['DEAD'],
        ['consumer', 'stream'],
      ),
    },
    operations: {
      'detector-hears-FAILURE': operation('receive', 'FAILURE', 'detector', 'something broke'),
      ...Object.fromEntries(
        SERVICES.flatMap((service) => [
          ...saidBy(service).map((type) => [`${service}-says-${type}`, operation('send', type, service, PIPELINE[type].means)] as const),
          ...heardBy(service).map(
            (type) => [`${service}-hears-${type}`, operation('receive', type, service, PIPELINE[type].means)] as const,
          ),
        ]),
      ),
    },
    components: {
      messages: {
        FAILURE: message('FAILURE', 'Something broke: `FAILURE`, or any `*_FAILURE`.'),
        ...Object.fromEntries(HEALING_EVENT_TYPES.map((type) => [type, message(type, PIPELINE[type].means)])),
        PATCH_LOG: message('PATCH_LOG', 'One line of progress.', { headers: { type: 'object' } }),
        DEAD: {
          name: 'DEAD',
          summary: 'The message as it came, at most its first 64 KiB, with the reason in its headers.',
          headers: DEAD_HEADERS,
          payload: {},
        },
      },
    },
  };
}
