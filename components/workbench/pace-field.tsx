import { Select } from '@/components/ui/select';
import { type Pace, paces } from '@/lib/session/session';

const names: Record<Pace, string> = { live: 'live', step: 'step by step', instant: 'instant' };

export function PaceField({ pace, onChange }: { pace: Pace; onChange: (pace: Pace) => void }) {
  return (
    <Select
      label={<span className="font-medium">Pace</span>}
      options={paces}
      value={pace}
      nameOf={(each) => names[each]}
      onChange={onChange}
    />
  );
}
