import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Exchange = { request: IncomingMessage; response: ServerResponse };

/** The connections of a server, of which it lets go those on which nothing comes of anything. */
export class Connections {
  /** by connection, what was asked on it last; null if nothing was */
  private readonly open = new Map<Socket, Exchange | null>();

  /**
   * Cuts connections on which nothing has moved for so many milliseconds: a body or headers that stay half sent, a reader that does
   * not read. Whoever has asked and waits for our answer is left alone.
   */
  constructor(server: Server, quietMs: number) {
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, null);
      socket.once('close', () => this.open.delete(socket));
    });
    server.setTimeout(quietMs, (socket) => {
      const exchange = this.open.get(socket);
      if (exchange?.request.complete && !exchange.response.headersSent) socket.setTimeout(quietMs);
      else socket.destroy();
    });
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
