import { useSession } from '@/components/session/session-context';
import { headOf } from '@/lib/session/select';

/** The page's heading. A lesson has its own, beside the tool. */
export function PageHeading() {
  const page = useSession((session) => session.page);
  const title = useSession((session) => headOf(session)?.title ?? null);
  if (page === 'lesson') return <h2 className="sr-only">The tool</h2>;
  if (page === 'permalink')
    return <h1 className={title ? 'break-words font-semibold text-xl' : 'sr-only'}>{title ?? 'An experiment'}</h1>;
  return (
    <div>
      <h1 className="font-semibold text-xl">Does the same seed give the same output?</h1>
      <p className="text-dim">Write a prompt, fix the seed, run it several times, and see where the answers part.</p>
    </div>
  );
}
