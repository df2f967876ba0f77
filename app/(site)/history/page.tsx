import type { Metadata } from 'next';
import { HistoryList } from '@/components/share/history-list';
import { ImportForm } from '@/components/share/import-form';
import { retentionDays } from '@/lib/server/services';

export const metadata: Metadata = { title: 'History · Seedbed', robots: { index: false } };

/** Rendered for each request: how long experiments are kept is the operator's setting. */
export const dynamic = 'force-dynamic';

export default function HistoryPage() {
  const days = retentionDays();
  return (
    <main className="mx-auto w-full max-w-5xl grow px-4 py-6 sm:px-6">
      <h1 className="mb-1 font-semibold text-2xl">History</h1>
      <p className="text-dim">
        The experiments of this browser. Those that are not shared are private to it
        {days > 0 && `, and are deleted after ${days === 1 ? 'a day' : `${days} days`}`}.
      </p>
      <HistoryList />
      <ImportForm />
    </main>
  );
}
