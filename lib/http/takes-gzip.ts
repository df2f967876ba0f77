import type { IncomingHttpHeaders } from 'node:http';

/** Whether the sender of a request unpacks gzip, and has not refused it. */
export const takesGzip = (headers: IncomingHttpHeaders): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(headers['accept-encoding'] ?? ''));
