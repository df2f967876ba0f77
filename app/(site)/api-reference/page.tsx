import type { Metadata } from 'next';
import { OperationList } from '@/components/reference/operation-list';
import { endpoints } from '@/lib/api/addresses';
import { describeApi } from '@/lib/api/openapi';
import { operations } from '@/lib/api/operations';
import { versions } from '@/lib/server/versions';

export const metadata: Metadata = {
  title: 'API · Seedbed',
  description: 'What programs may ask of Seedbed: run experiments, read what came of them, share and compare them.',
};

/** Rendered once, at build. */
export const dynamic = 'force-static';

export default function ApiReference() {
  return (
    <main className="mx-auto w-full max-w-3xl grow px-4 py-4 sm:px-6">
      <h1 className="mb-1 font-semibold text-2xl">API</h1>
      <p>
        What the page does, programs can do, too. The first answer sets a cookie; what is run is private to whoever has
        it, until it is shared. Requests that change something take JSON.{' '}
        <a href={endpoints.openApi} className="underline underline-offset-2">
          OpenAPI 3.1
        </a>{' '}
        says the same to programs. At <code className="font-mono">/v1</code> Seedling and Sapling answer as
        OpenAI&rsquo;s Chat Completions do.
      </p>
      <OperationList operations={operations} description={describeApi(versions().seedbed)} />
    </main>
  );
}
