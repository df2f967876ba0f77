import { type ApiClient, type ApiResult, apiClient } from './client';

/** A program that asks as a browser does: it keeps the cookie that it is given, and takes it to every server. */
export class Browser {
  /** what it sends from the first answer on; '' before */
  cookie = '';

  readonly fetch = async (address: string, { headers, ...request }: RequestInit = {}): Promise<Response> => {
    const own = new Headers(headers);
    if (this.cookie !== '') own.set('cookie', this.cookie);
    const response = await fetch(address, { ...request, headers: own });
    this.cookie ||= response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return response;
  };

  /** A client of the server at an origin, as in 'http://127.0.0.1:3000'. */
  at(origin: string): ApiClient {
    return apiClient({ origin, fetch: this.fetch });
  }
}

/** The value of an answer. Throws where there is none. */
export async function answerOf<T>(asked: ApiResult<T>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`The server gave no answer: ${JSON.stringify(answer.error)}`);
  return answer.value;
}
