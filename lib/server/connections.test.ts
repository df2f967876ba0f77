import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { piecesOf } from '@/lib/http/pieces';
import { Connections } from './connections';

const quietMs = 200;
const unreadMs = 80;
let server: Server;
let connections: Connections;
let open: Socket[] = [];
afterEach(() => {
  for (const socket of open) socket.destroy();
  open = [];
  server.closeAllConnections();
  server.close();
});

/** A connection to a server that answers like this, on which so much has been sent. */
async function sent(
  text: string,
  answer: (response: ServerResponse) => void = () => {},
  quiet = quietMs,
): Promise<Socket> {
  server = createServer((request, response) => {
    connections.note(request, response);
    answer(response);
  });
  connections = new Connections(server, { quietMs: quiet, unreadMs });
  const connected = once(server, 'connection');
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  open.push(socket);
  socket.on('error', () => undefined);
  socket.write(text);
  await connected;
  return socket;
}

const head = 'POST / HTTP/1.1\r\nhost: x\r\n';

describe('a connection is cut', () => {
  it.each([
    ['on which nothing is sent', ''],
    ['with half-sent headers', head],
    ['with a half-sent body', `${head}content-length: 10\r\n\r\n12345`],
  ])('%s', async (_, text) => {
    const socket = await sent(text);
    await once(socket.resume(), 'close');
  });

  it('whose reader does not read, however long it may be quiet', async () => {
    const cut = Promise.withResolvers<void>();
    const answer = (response: ServerResponse) => {
      response.on('close', cut.resolve);
      response.write('x'.repeat(32 * 1024 * 1024));
    };
    const socket = await sent(`${head}content-length: 0\r\n\r\n`, answer, 1e6);
    socket.pause();
    await cut.promise;
  });
});

describe('at the end', () => {
  it.each([
    ['an idle connection', ''],
    ['one with half-sent headers', head],
    ['one with a half-sent body', `${head}content-length: 10\r\n\r\n12345`],
    ['one whose answer has been sent', `${head}content-length: 0\r\n\r\n`],
  ])('%s is cut at once', async (_, text) => {
    const answered = Promise.withResolvers<void>();
    const socket = await sent(text, (response) => {
      if (text.includes('length: 0')) response.end('done', answered.resolve);
      else answered.resolve();
    });
    if (text.includes('length')) await answered.promise;
    connections.cutUnasked();
    await once(socket.resume(), 'close');
  });

  it('one that is being answered is left', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const socket = await sent(`${head}content-length: 0\r\n\r\n`, asked.resolve);
    const response = await asked.promise;
    await once(response.req.resume(), 'end');
    connections.cutUnasked();
    response.end('all of it');
    expect(String((await once(socket, 'data'))[0])).toContain('all of it');
  });
});

describe('a connection is kept', () => {
  it('while its request is being answered, however long that takes', async () => {
    const socket = await sent(`${head}content-length: 0\r\n\r\n`, (response) => {
      // Later than it would have been cut twice.
      response.socket?.once('timeout', () => response.socket?.once('timeout', () => response.end('at last')));
    });
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toContain('at last');
  });

  it('while a reader reads, however slowly', async () => {
    const length = 32 * 1024 * 1024;
    const answer = (response: ServerResponse) => void Readable.from(piecesOf(new Uint8Array(length))).pipe(response);
    const socket = await sent(`${head}content-length: 0\r\n\r\n`, answer);
    let read = 0;
    for await (const chunk of socket) {
      read += chunk.length;
      if (read >= length) break;
    }
    expect(read).toBeGreaterThanOrEqual(length);
  });
});
