/** OpenTelemetry's standard environment variables decide where traces go (specification: SDK environment variables). */
export interface TelemetryConfig {
  readonly exportsTraces: boolean;
  readonly exportsLogs: boolean;
}

/** Traces and logs leave the process only when an OTLP endpoint or an exporter is named; a service alone stays silent. */
export function telemetryConfig(env: NodeJS.ProcessEnv = process.env): TelemetryConfig {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const chosen = (exporter: string | undefined, own: string | undefined) => (exporter ? exporter !== 'none' : Boolean(endpoint || own));
  return {
    exportsTraces: chosen(env.OTEL_TRACES_EXPORTER, env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    exportsLogs: chosen(env.OTEL_LOGS_EXPORTER, env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT),
  };
}
