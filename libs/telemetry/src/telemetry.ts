import type { IncomingMessage, ServerResponse } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { HealIdGenerator } from './heal-ids.js';
import { telemetryConfig } from './telemetry.config.js';

export interface Telemetry {
  /** Answers a scrape in the Prometheus text format. */
  metrics(request: IncomingMessage, response: ServerResponse): void;
  /** Exports what is still held back. */
  shutdown(): Promise<void>;
}

/** Without an exporter spans still get ids, so that `traceparent` goes on from service to service. */
const keepNothing = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };

/** Starts OpenTelemetry for one service. Call it before anything else is imported that takes a tracer or a meter. */
export function startTelemetry(serviceName: string): Telemetry {
  const { exportsTraces, exportsLogs } = telemetryConfig();
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const sdk = new NodeSDK({
    serviceName,
    idGenerator: new HealIdGenerator(),
    metricReaders: [prometheus],
    ...(exportsTraces ? {} : { spanProcessors: [keepNothing] }),
    ...(exportsLogs ? {} : { logRecordProcessors: [] }),
  });
  sdk.start();
  return {
    metrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
    shutdown: () => sdk.shutdown(),
  };
}
