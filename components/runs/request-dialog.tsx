'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import useSWRImmutable from 'swr/immutable';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { endpoints } from '@/lib/api/addresses';
import type { ExchangeResponse } from '@/lib/api/exchange';
import type { ApiProblem } from '@/lib/api/problem';
import { entriesOf } from '@/lib/run/exchange';
import { sayApiProblem } from '@/lib/words/api-problem';
import { saySharedRequest } from '@/lib/words/exchange';

type RequestDialogProps = { id: string; run: number; onClose: () => void };

/** What was really sent for a run, and what came back beside its answer. */
export function RequestDialog({ id, run, onClose }: RequestDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { data, error } = useSWRImmutable<ExchangeResponse, ApiProblem>(endpoints.exchange(id, run), () =>
    orReject(api.exchange(id, run)),
  );
  return (
    <Dialog title={`Request of run ${run}`} dialog={dialog} onClose={onClose}>
      {error && <p>{sayApiProblem(error)}</p>}
      {!error && !data && <p role="status">Asking the server …</p>}
      {data && <Exchange exchange={data} />}
    </Dialog>
  );
}

function Exchange({ exchange: { request, response, shared, curl } }: { exchange: ExchangeResponse }) {
  if (!request) return <p>What was sent for this run was not recorded, or nothing was sent.</p>;
  const { method, url, headers, body } = request;
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p className="break-all font-mono">
        {method} {url}
      </p>
      {shared && <p>{saySharedRequest(shared)}</p>}
      <Part title="Headers that were sent">
        <HeaderList headers={headers} />
      </Part>
      <Part title="Body" copy={body === null ? null : { text: body, label: 'Copy the body' }}>
        {body === null ? (
          <p>It was too long to be kept.</p>
        ) : (
          <Body body={body} differing={shared?.differing.keys ?? []} />
        )}
      </Part>
      <Part title={response ? `Came back, with status ${response.status}` : 'Came back'}>
        {response ? <HeaderList headers={response.headers} /> : <p>Nothing.</p>}
      </Part>
      {curl !== null && (
        <Part title="As a command, with the key from the environment" copy={{ text: curl, label: 'Copy as curl' }}>
          <ScrollRegion label="curl command" className={preClass}>
            {curl}
          </ScrollRegion>
        </Part>
      )}
      <p className="text-dim">
        Only headers that matter are kept, and no key: <code>[key]</code> stands where one was sent.
      </p>
    </div>
  );
}

type PartProps = { title: string; copy?: { text: string; label: string } | null; children: ReactNode };

const Part = ({ title, copy, children }: PartProps) => (
  <section>
    <div className="flex items-center justify-between gap-2">
      <h3 className="font-semibold">{title}</h3>
      {copy && <CopyButton {...copy} />}
    </div>
    {children}
  </section>
);

const preClass = 'max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-md bg-panel p-2 font-mono text-fine';

const HeaderList = ({ headers }: { headers: Readonly<Record<string, string>> }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 font-mono text-fine">
    {Object.entries(headers).map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="text-dim">{name}</dt>
        <dd className="break-all">{value}</dd>
      </div>
    ))}
  </dl>
);

/** One entry a line, as it was sent; those that other runs had otherwise are marked. */
const Body = ({ body, differing }: { body: string; differing: readonly string[] }) => (
  <ScrollRegion label="Body of the request" className={preClass}>
    {'{'}
    {entriesOf(body).map(({ key, text }, at, { length }) => (
      <p key={key} className="ps-4">
        {differing.includes(key) ? (
          <mark className="border-replaced-line border-s-4 bg-replaced ps-1 text-replaced-ink">
            <span className="sr-only">not the same in all requests: </span>
            {text}
          </mark>
        ) : (
          text
        )}
        {at < length - 1 && ','}
      </p>
    ))}
    {'}'}
  </ScrollRegion>
);
