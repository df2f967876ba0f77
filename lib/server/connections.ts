import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Exchange = { request: IncomingMessage; response: ServerResponse };

/** The connections of a server, of which it lets go those on which nothing comes of anything. */
export class Connections {
  /** by connection, what was asked on it last; null if nothing was */
  private readonly open = new Map<Socket, Exchange | null>();

  /** by connection on which something waits to be read, how much had been read when that last became more, and when that was */
  private readonly unread = new Map<Socket, { read: number; since: number }>();

  /**
   * Cuts connections on which nothing has moved for `quietMs`, such as a body or headers that stay half sent, and those of which the
   * reader has taken nothing of what waits for it for `unreadMs`. Whoever has asked and waits for our answer is left alone. Answers
   * must be written in pieces: of one that is not all read nothing counts as read.
   */
  constructor(server: Server, { quietMs, unreadMs }: { quietMs: number; unreadMs: number }) {
    setInterval(() => this.cutUnread(unreadMs), unreadMs / 4).unref();
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, null);
      socket.once('close', () => {
        this.open.delete(socket);
        this.unread.delete(socket);
      });
    });
    server.setTimeout(quietMs, (socket) => {
      const exchange = this.open.get(socket);
      if (exchange?.request.complete && !exchange.response.headersSent) socket.setTimeout(quietMs);
      else socket.destroy();
    });
  }

  /** Lets go of readers that do not read: what waits for them is held in memory. */
  private cutUnread(unreadMs: number): void {
    const now = performance.now();
    for (const socket of this.open.keys()) {
      const read = socket.bytesWritten - socket.writableLength;
      const last = this.unread.get(socket);
      if (socket.writableLength === 0) this.unread.delete(socket);
      else if (last?.read !== read) this.unread.set(socket, { read, since: now });
      else if (now - last.since >= unreadMs) socket.destroy();
    }
  }

  /** To be called with each request. */
  note(request: IncomingMessage, response: ServerResponse): void {
    this.open.set(request.socket, { request, response });
  }

  /** Cuts those on which no answer is under way: idle ones, and those that have not sent all they would ask. */
  cutUnasked(): void {
    for (const [socket, exchange] of this.open)
      if (!exchange?.request.complete || exchange.response.writableFinished) socket.destroy();
  }
}
