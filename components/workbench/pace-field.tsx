import { Select } from '@/components/ui/select';

export const paces = ['live', 'step', 'instant'] as const;
/** How Seedling's answers come: at a speed one can read, word by word on request, or at once. */
export type Pace = (typeof paces)[number];

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
