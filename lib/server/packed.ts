import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EncodingName, takes } from '../http/encodings.ts';
import { writeInPieces } from './render.ts';

/** An answer that is the same for everybody, with its body packed in some ways, the one that is preferred first. */
export type PackedAnswer = {
  headers: Record<string, string>;
  body: Buffer;
  packed: readonly { encoding: EncodingName; body: Buffer }[];
};

/** Sends an answer as its reader takes it; nothing of it to a reader who has it. */
export function sendPacked({ method, headers }: IncomingMessage, response: ServerResponse, answer: PackedAnswer): void {
  const { etag } = answer.headers;
  if (etag && headers['if-none-match']?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, answer.headers).end();
    return;
  }
  const packed = answer.packed.find(({ encoding }) => takes(headers, encoding));
  const body = packed?.body ?? answer.body;
  const encoding = packed ? { 'content-encoding': packed.encoding } : {};
  response.writeHead(200, { ...answer.headers, ...encoding, 'content-length': body.length });
  writeInPieces(response, method === 'HEAD' ? Buffer.alloc(0) : body);
}
