import type { IncomingHttpHeaders } from 'node:http';

/** As what the build packs what it makes for browsers, the smallest first; `end` is what it adds to the name of a file. */
export const encodings = [
  { name: 'br', end: '.br' },
  { name: 'gzip', end: '.gz' },
] as const;

export type EncodingName = (typeof encodings)[number]['name'];

/** Whether the sender of a request unpacks an encoding ("gzip", "br"), and has not refused it. */
export const takes = (headers: IncomingHttpHeaders, encoding: EncodingName): boolean =>
  String(headers['accept-encoding'] ?? '')
    .split(',')
    .some((each) => {
      const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
