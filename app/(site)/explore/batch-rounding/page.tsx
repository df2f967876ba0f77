import type { Metadata } from 'next';
import { BatchRounding } from '@/components/gallery/batch-rounding';

export const metadata: Metadata = {
  title: 'What a real GPU does · Seedbed',
  description: 'One row of numbers times one matrix, in batches of 1 to 256 rows: up to eleven results.',
};

export default function ExploreBatchRounding() {
  return (
    <main className="mx-auto flex w-full max-w-6xl grow flex-col gap-6 px-4 py-6 sm:px-6">
      <BatchRounding />
    </main>
  );
}
