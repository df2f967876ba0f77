import { type Attributes, context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { scope } from './spans';

/*
 * Loaded only where traces are wanted: it takes as much memory as the rest of the telemetry together.
 */

/** How often spans are sent, and how long the last of them may hold up the end of the process, in milliseconds. */
const everyMs = 1000;
const lastMs = 2000;

/**
 * Sends spans from now on to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, which the exporter reads itself, as it does
 * OTEL_EXPORTER_OTLP_HEADERS. Returns what sends the last of them and ends that.
 */
export function startTracing(serviceName: string): () => Promise<void> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  const exporter = withoutContents(new OTLPTraceExporter({ timeoutMillis: lastMs }));
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: everyMs })],
  });
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown().catch(() => undefined);
}

/** What may be told of Next's spans. Their names, and what else they say, have addresses in them. */
const ofNext = ['next.span_type', 'next.route', 'http.route', 'http.method', 'http.status_code'];

/** An exporter that is given nothing that visitors have asked, written or been told. */
const withoutContents = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(strip), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
});

function strip(span: ReadableSpan): ReadableSpan {
  const own = span.instrumentationScope.name === scope;
  return {
    name: own ? span.name : String(span.attributes['next.span_type'] ?? 'next'),
    attributes: own ? span.attributes : pick(span.attributes, ofNext),
    // Errors are told with their messages, which may quote anything.
    events: [],
    links: [],
    status: { code: span.status.code },
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext ? { parentSpanContext: span.parentSpanContext } : {}),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

const pick = (attributes: Attributes, names: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
