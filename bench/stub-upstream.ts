import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A call that an upstream has got: what it was asked, and when whoever asked was gone. */
export type Call = { prompt: string; began: number; closed: number | null; whole: boolean };

/** Writes an answer; ends early where `response.destroyed`. */
export type Answer = (response: ServerResponse, call: Call) => Promise<void>;

export const pieceOf = (text: string): string => event({ content: text });
export const lastPieces = `${event({}, 'stop')}data: [DONE]\n\n`;
export const beginAnswer = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
};

function event(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_780_000_000, model: 'stub' };
  return `data: ${JSON.stringify({ ...head, system_fingerprint: 'fp_stub', choices })}\n\n`;
}

/** So many words, one each `ms` milliseconds, however late the one before was. */
export const steady =
  (words: number, ms: number): Answer =>
  async (response) => {
    const began = performance.now();
    beginAnswer(response);
    for (let word = 0; word < words && !response.destroyed; word++) {
      response.write(pieceOf(` word${word}`));
      await wait(Math.max(0, began + (word + 1) * ms - performance.now()));
    }
    response.end(lastPieces);
  };

/** An OpenAI-compatible server in this process, which answers as it is told to. */
export async function startUpstream(answer: Answer) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'stub', object: 'model' }] }));
      return;
    }
    const call: Call = { prompt: await promptOf(request), began: performance.now(), closed: null, whole: false };
    calls.push(call);
    response.on('close', () => {
      call.closed = performance.now();
      call.whole = response.writableFinished;
    });
    response.on('error', () => undefined);
    await answer(response, call).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`,
    calls,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function promptOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return /"content":"([^"]*)"/.exec(body)?.[1] ?? '';
}
