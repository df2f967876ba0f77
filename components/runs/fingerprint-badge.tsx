import { ArrowLeftRight, CircleCheck, Equal, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { Note } from '@/components/ui/note';
import { pages } from '@/lib/api/pages';
import type { FingerprintState } from '@/lib/compare/measure/fingerprints';
import type { RunRecord } from '@/lib/run/record';
import { fingerprints, isExact } from '@/lib/session/select';
import { noFingerprint, sayFingerprints, sayRunFingerprints } from '@/lib/words/fingerprints';

const pill =
  'inline-flex min-h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded-full pointer-coarse:min-h-11 border px-2 text-fine leading-6';
const variants = {
  plain: `${pill} border-control text-ink`,
  open: `${pill} border-control border-dotted text-dim`,
  grey: `${pill} border-control text-dim`,
  orange: `${pill} border-replaced-line bg-replaced text-replaced-ink`,
  good: `${pill} border-good text-good`,
};

const ExactNote = later(() => import('./fingerprint-note').then((note) => note.ExactNote));
const NoFingerprintNote = later(() => import('./fingerprint-note').then((note) => note.NoFingerprintNote));
const RunFingerprintNote = later(() => import('./fingerprint-note').then((note) => note.RunFingerprintNote));
const FingerprintNote = later(() => import('./fingerprint-note').then((note) => note.FingerprintNote));

/** One run's fingerprint, in its column. */
export function RunFingerprint({ record }: { record: RunRecord }) {
  const state = useSession(fingerprints);
  const exact = useSession(isExact);
  if (record.status !== 'ended') {
    const open = record.status === 'running' || record.status === 'queued';
    return open ? (
      <span className={variants.open}>fingerprint …</span>
    ) : (
      <span className={variants.grey}>{noFingerprint.text}</span>
    );
  }
  const values = record.fingerprints;
  if (values.length === 0)
    return (
      <Badge {...looks.missing} {...noFingerprint}>
        <NoFingerprintNote />
      </Badge>
    );
  const note = (
    <>
      <code className="break-all">{values.join(', ')}</code>. <RunFingerprintNote exact={exact} />
    </>
  );
  if (exact)
    return (
      <Badge variant="good" icon={<CircleCheck aria-hidden size={14} />} text="Built in, exact" title="Built in, exact">
        {note}
      </Badge>
    );
  return (
    <Badge
      {...looks[state.kind === 'mixed' ? 'mixed' : 'same']}
      text={sayRunFingerprints(values, 'all' in state ? state.all : [])}
      title="Fingerprint"
    >
      {note}
    </Badge>
  );
}

type SummaryProps = { state: FingerprintState; runs: number; exact: boolean };

/** What the fingerprints of all runs show together, beside the verdict. */
export function FingerprintSummary({ state, runs, exact }: SummaryProps) {
  const words = sayFingerprints(state, runs);
  if (!words) return <span className={variants.open}>fingerprint …</span>;
  if (exact)
    return (
      <Badge
        variant="good"
        icon={<CircleCheck aria-hidden size={14} />}
        text="Same program, exact"
        title="Same program, exact"
      >
        <ExactNote />
      </Badge>
    );
  return (
    <Badge {...looks[state.kind]} {...words}>
      <FingerprintNote state={state} />
      <noscript>
        <a href={pages.term('fingerprint')} className="text-accent underline">
          What is a fingerprint?
        </a>
      </noscript>
    </Badge>
  );
}

const looks: Record<FingerprintState['kind'], Pick<BadgeProps, 'variant' | 'icon'>> = {
  pending: { variant: 'open', icon: null },
  missing: { variant: 'grey', icon: <Minus aria-hidden size={14} /> },
  same: { variant: 'plain', icon: <Equal aria-hidden size={14} /> },
  partly: { variant: 'grey', icon: <Minus aria-hidden size={14} /> },
  mixed: { variant: 'orange', icon: <ArrowLeftRight aria-hidden size={14} /> },
};

type BadgeProps = { variant: keyof typeof variants; icon: ReactNode; text: string; title: string; children: ReactNode };

function Badge({ variant, icon, text, title, children }: BadgeProps) {
  return (
    <Note
      title={title}
      className={variants[variant]}
      label={
        <>
          {icon}
          {text}
        </>
      }
    >
      {children}
    </Note>
  );
}
