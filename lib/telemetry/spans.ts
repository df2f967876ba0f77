import type { ServerResponse } from 'node:http';
import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** By which our spans are told from Next's. */
export const scope = 'seedbed';
/** Does nothing, and costs nothing, until tracing.ts has been started. */
const tracer = () => trace.getTracer(scope);

/** Does the work of a request within a span, which ends when its answer has been sent, or its reader has gone. */
export function withinRequest<T>(
  { method, route, requestId }: { method: string; route: string; requestId: string },
  response: ServerResponse,
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { 'http.request.method': method, 'http.route': route, 'seedbed.request_id': requestId };
  const span = tracer().startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes });
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return context.with(trace.setSpan(context.active(), span), work);
}

/** Does some work within a span of this name. `work` may tell more of it, once it knows more. */
export function withinSpan<T>(
  name: string,
  attributes: Attributes,
  work: (tell: (more: Attributes, failed: boolean) => void) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work((more, failed) => tell(span, more, failed));
    } catch (error) {
      tell(span, {}, true);
      throw error;
    } finally {
      span.end();
    }
  });
}

function tell(span: Span, more: Attributes, failed: boolean): void {
  span.setAttributes(more);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A span for what is asked of the store on behalf of something that has one. Returns what ends it. */
export function beginStoreSpan(operation: string): (failed: boolean) => void {
  if (!trace.getActiveSpan()?.isRecording()) return () => {};
  const span = tracer().startSpan(`store ${operation}`, { kind: SpanKind.CLIENT });
  return (failed) => {
    tell(span, {}, failed);
    span.end();
  };
}
