import type { ApiClient, ApiResult } from '@/lib/api/client';
import { err } from '@/lib/result';

type Ask<Asked extends unknown[], Answer> = (...asked: Asked) => ApiResult<Answer>;

/** A call of a client that is loaded with the first one. */
const later =
  <Asked extends unknown[], Answer>(of: (api: ApiClient) => Ask<Asked, Answer>): Ask<Asked, Answer> =>
  async (...asked) => {
    const loaded = await import('./api').catch(() => null);
    return loaded ? of(loaded.api)(...asked) : err({ kind: 'unreachable' });
  };

/** What a session asks of the server that this page came from: the first view does without the client. */
export const laterApi = {
  start: later(({ start }) => start),
  follow: later(({ follow }) => follow),
  runAgain: later(({ runAgain }) => runAgain),
  stop: later(({ stop }) => stop),
  own: later(({ own }) => own),
  models: later(({ models }) => models),
  experiment: later(({ experiment }) => experiment),
};
