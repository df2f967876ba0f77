import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '@/lib/api/problem';
import { notFound, problemResponse } from '@/lib/http/problem';
import { StoreError } from '@/lib/store/store';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { apiMethods, route, unknownAddress } from './route';

const asked = (requestId?: string, method = 'GET') =>
  new Request('http://x/api/models', { method, headers: requestId === undefined ? {} : { 'x-request-id': requestId } });
const refusalOf = async (response: Response) => v.parse(Refusal, await response.json()).error;
const empty = () => new Response();
const failing = (error: unknown) => route(() => Promise.reject(error));

let logged: string[];
beforeEach(() => {
  logged = takeLog();
});

describe('a refusal', () => {
  it('names the request, as far as it came over the network', async () => {
    const handle = route(async () => problemResponse(notFound, { 'retry-after': '5' }));
    const response = await handle(asked('req_1'));
    expect([response.status, response.headers.get('retry-after')]).toEqual([404, '5']);
    expect(await refusalOf(response)).toEqual({ ...notFoundError, requestId: 'req_1' });
    expect(await refusalOf(await handle(asked()))).toEqual(notFoundError);
    expect(logged).toEqual([]);
  });

  it('of a method or an address that is not there names it, too', async () => {
    const { PUT } = apiMethods({ GET: empty });
    expect(await refusalOf(await PUT(asked('req_1', 'PUT'), undefined))).toMatchObject({ requestId: 'req_1' });
    expect(await refusalOf(await unknownAddress(asked('req_1')))).toMatchObject({ requestId: 'req_1' });
  });

  it('for which the server is to blame says so in its sentence, for whoever reads no more than that', async () => {
    const error = new StoreError('full', 'The disk of this server is full.');
    const response = await failing(error)(asked('req_1'));
    const { message, requestId } = await refusalOf(response);
    expect([response.status, requestId]).toEqual([503, 'req_1']);
    expect(message).toMatch(/The disk of this server is full\. The request was req_1\.$/);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'error', requestId: 'req_1', error: { code: 'full' } });
  });

  it('for a fault of this program says nothing of what is in it', async () => {
    const response = await failing(new Error('canary'))(asked('req_1'));
    expect(response.status).toBe(500);
    expect(await refusalOf(response)).toMatchObject({ code: 'failed', requestId: 'req_1' });
    expect(logged.length).toBe(1);
    expect(logged.join('')).not.toContain('canary');
  });
});

const notFoundError = { code: notFound.code, message: notFound.message, param: null };
