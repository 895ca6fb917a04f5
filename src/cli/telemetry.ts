import type { Tracer } from "@opentelemetry/api";
import { Declined } from "../office/io.ts";

export interface Telemetry {
  readonly tracer: Tracer;
  /** Sends what is held. */
  end(): Promise<void>;
}

/**
 * Traces where `OTEL_EXPORTER_OTLP_ENDPOINT` (or `…_TRACES_ENDPOINT`) says where to send them, else nothing: then no package of
 * OpenTelemetry but its interface is loaded.
 */
export async function telemetryOf(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Telemetry | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT && !env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return undefined;
  const { sdk, otlp } = await packages();
  const provider = new sdk.TracerProvider({
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new otlp.OTLPTraceExporter() })],
  });
  return { tracer: provider.getTracer("arrears"), end: () => provider.shutdown() };
}

async function packages() {
  try {
    const sdk = await import("@opentelemetry/sdk-trace");
    const otlp = await import("@opentelemetry/exporter-trace-otlp-http");
    return { sdk, otlp };
  } catch (error) {
    throw new Declined(
      "traces need two more packages: npm install @opentelemetry/sdk-trace @opentelemetry/exporter-trace-otlp-http",
      { cause: error },
    );
  }
}
