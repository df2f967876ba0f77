import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { mostBodyBytes, readJson } from '@/lib/http/body';
import { type ApiError, apiError, type ChatAsk, parseChatAsk } from '@/lib/openai/ask';
import { paceHeader } from '@/lib/openai/provider';
import { complete, modelList, type Seedling, seedlingModel, streamChunks } from '@/lib/openai/serve';

/** A program or page from anywhere may use Seedling: it holds no secrets. */
const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/** POST /v1/chat/completions: Seedling over OpenAI's wire format. Also what the playground's own SDK is pointed at. */
export async function chatCompletions(seedling: Seedling, request: Request): Promise<Response> {
  const started = performance.now();
  const headers = { ...open, 'x-request-id': `req_${randomBytes(16).toString('hex')}`, 'openai-version': '2020-10-01' };
  const body = await readJson(request);
  if (!body.ok) return refuse(body.problem.status, bodyError(body.problem.status), headers);
  const parsed = parseChatAsk(body.value);
  if (!parsed.ok) return refuse(400, parsed.error, headers);
  if (parsed.ask.model !== seedlingModel) return refuse(404, unknownModel(parsed.ask.model), headers);
  const envelope = {
    id: `chatcmpl-${randomBytes(12).toString('base64url')}`,
    created: Math.floor(Date.now() / 1000),
    seed: parsed.ask.seed ?? randomInt(2 ** 47),
  };
  if (parsed.ask.stream) return stream(streamChunks(seedling, parsed.ask, envelope), paceOf(request), headers);
  const completion = complete(seedling, parsed.ask, envelope);
  const ms = String(Math.ceil(performance.now() - started));
  return Response.json(completion, { headers: { ...headers, 'openai-processing-ms': ms } });
}

/** Both of Seedling's endpoints by their paths, for a client inside this process. */
export async function answerV1(seedling: () => Seedling, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname.endsWith('/models') ? listSeedlingModels() : chatCompletions(seedling(), request);
}

/** GET /v1/models */
export const listSeedlingModels = (): Response => Response.json(modelList(1_790_000_000), { headers: open });

/** GET /v1/models/{model} */
export function getSeedlingModel(name: string): Response {
  const found = modelList(1_790_000_000).data.find((model) => 'id' in model && model.id === name);
  return found ? Response.json(found, { headers: open }) : refuse(404, unknownModel(name), open);
}

/** OPTIONS: what a browser asks before a page of another site may POST. */
export const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...open,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': '*',
      'access-control-max-age': '86400',
    },
  });

/** Server-sent events as OpenAI frames them. Written only as fast as they are read, and no further once the reader is gone. */
function stream(chunks: Generator<object>, pace: number | null, headers: HeadersInit): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (pace) await wait(1000 / pace);
      const next = chunks.next();
      controller.enqueue(encoder.encode(`data: ${next.done ? '[DONE]' : JSON.stringify(next.value)}\n\n`));
      if (next.done) controller.close();
    },
    cancel() {
      chunks.return(undefined);
    },
  });
  return new Response(body, { headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' } });
}

/** Tokens a second that the caller asked for: 1 to 1000, or null for as fast as it goes. */
function paceOf(request: Request): number | null {
  const pace = Number(request.headers.get(paceHeader));
  return pace >= 1 && pace <= 1000 ? pace : null;
}

const refuse = (status: number, error: ApiError, headers: HeadersInit): Response =>
  Response.json({ error }, { status, headers });

const unknownModel = (model: ChatAsk['model']): ApiError =>
  apiError(
    `The model '${model.slice(0, 200)}' does not exist or you do not have access to it.`,
    null,
    'model_not_found',
  );

function bodyError(status: number): ApiError {
  if (status === 413) return apiError(`The body may have at most ${mostBodyBytes} bytes.`, null, 'request_too_large');
  return apiError('We could not parse the JSON body of your request.', null, null);
}
