import { ArrowLeftRight, CircleCheck, Equal, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Term } from '@/components/glossary/term';
import { Note } from '@/components/ui/note';
import type { FingerprintState, NamedFingerprint } from '@/lib/compare/measure/fingerprints';
import { sayRuns } from '@/lib/compare/measure/verdict';
import type { RunRecord } from '@/lib/run/record';

const pill =
  'inline-flex min-h-6 items-center gap-1 rounded-full pointer-coarse:min-h-11 border px-2 text-[13px] leading-6';
const variants = {
  plain: `${pill} border-control text-ink`,
  open: `${pill} border-control border-dotted text-dim`,
  grey: `${pill} border-control text-dim`,
  orange: `${pill} border-replaced-line bg-replaced text-replaced-ink`,
  good: `${pill} border-good text-good`,
};

/** The beginning and the end of a long id: ids of one provider often begin alike. */
const short = (value: string): string => (value.length > 15 ? `${value.slice(0, 8)}…${value.slice(-5)}` : value);

type RunBadgeProps = { record: RunRecord; state: FingerprintState; exact: boolean };

/** One run's fingerprint, in its column. */
export function RunFingerprint({ record, state, exact }: RunBadgeProps) {
  if (record.status !== 'ended') {
    const open = record.status === 'running' || record.status === 'queued';
    return open ? (
      <span className={variants.open}>fingerprint …</span>
    ) : (
      <span className={variants.grey}>No fingerprint</span>
    );
  }
  if (record.fingerprints.length === 0)
    return (
      <Badge variant="grey" icon={<Minus aria-hidden size={14} />} text="No fingerprint" title="No fingerprint">
        The provider sent none. Many models do not. A change on its side cannot be seen from here.
      </Badge>
    );
  if (exact)
    return (
      <Badge variant="good" icon={<CircleCheck aria-hidden size={14} />} text="Built in, exact" title="Built in, exact">
        A fixed program on this server (<code>{record.fingerprints.join(', ')}</code>). The same recipe gives the same
        text, every time.
      </Badge>
    );
  const all = 'all' in state ? state.all : [];
  const names = record.fingerprints.map((value) => all.find((each) => each.value === value)?.name ?? '').join(' ');
  const mixed = state.kind === 'mixed';
  const text = `${names} ${record.fingerprints.map(short).join(', ')}`;
  return (
    <Badge
      variant={mixed ? 'orange' : 'plain'}
      icon={mixed ? <ArrowLeftRight aria-hidden size={14} /> : <Equal aria-hidden size={14} />}
      text={text}
      title="Fingerprint"
    >
      <code className="break-all">{record.fingerprints.join(', ')}</code>: an id the provider may send for the system
      that answered. The same id makes equal text likely, not certain.
    </Badge>
  );
}

type SummaryProps = { state: FingerprintState; runs: number; exact: boolean };

/** What the fingerprints of all runs say together, beside the verdict. */
export function FingerprintSummary({ state, runs, exact }: SummaryProps) {
  if (state.kind === 'pending') return <span className={variants.open}>fingerprint …</span>;
  if (exact)
    return (
      <Badge
        variant="good"
        icon={<CircleCheck aria-hidden size={14} />}
        text="Same program, exact"
        title="Same program, exact"
      >
        Seedling is a tiny teaching model inside this server. It is a <Term name="determinism">fixed program</Term>: the
        same recipe gives the same text, every time. Models behind an API promise less.
      </Badge>
    );
  if (state.kind === 'missing')
    return (
      <Badge variant="grey" icon={<Minus aria-hidden size={14} />} text="No fingerprint" title="No fingerprint">
        The provider sent none. Many models do not. A change on its side cannot be seen from here. <AboutFingerprints />
      </Badge>
    );
  const [first] = state.all;
  if (state.kind === 'same' && first)
    return (
      <Badge
        variant="plain"
        icon={<Equal aria-hidden size={14} />}
        text={`F1 ${short(first.value)} in all ${first.runs.length} runs`}
        title="One fingerprint"
      >
        All runs report the same backend. That makes equal text likely, not certain. <AboutFingerprints />
      </Badge>
    );
  if (state.kind === 'partly' && first)
    return (
      <Badge
        variant="grey"
        icon={<Minus aria-hidden size={14} />}
        text={`F1 in ${first.runs.length} of ${runs} runs`}
        title="Partly missing"
      >
        {state.without.length} {state.without.length === 1 ? 'run came' : 'runs came'} without a fingerprint.{' '}
        <AboutFingerprints />
      </Badge>
    );
  return (
    <Badge
      variant="orange"
      icon={<ArrowLeftRight aria-hidden size={14} />}
      text={`${state.all.length} fingerprints: ${state.all.map(({ name, runs: its }) => `${name} ×${its.length}`).join(', ')}`}
      title="Several fingerprints"
    >
      The backend differed between runs. Text may differ for that reason alone. <AboutFingerprints />
      <FingerprintTable all={state.all} />
    </Badge>
  );
}

const AboutFingerprints = () => <Term name="fingerprint">What is a fingerprint?</Term>;

function FingerprintTable({ all }: { all: readonly NamedFingerprint[] }) {
  return (
    <ul className="mt-2">
      {all.map(({ name, value, runs }) => (
        <li key={value}>
          {name} <code className="break-all">{value}</code>: {sayRuns(runs)}
        </li>
      ))}
    </ul>
  );
}

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
