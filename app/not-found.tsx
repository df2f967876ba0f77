import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl grow px-4 py-16">
      <h1 className="font-semibold text-xl">There is nothing at this address.</h1>
      <p className="mt-2">
        Check the link, or{' '}
        <Link href="/" className="text-accent underline">
          start a new experiment
        </Link>
        .
      </p>
    </main>
  );
}
