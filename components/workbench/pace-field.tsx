export const paces = ['live', 'step', 'instant'] as const;
/** How Seedling's answers come: at a speed one can read, word by word on request, or at once. */
export type Pace = (typeof paces)[number];

const isPace = (value: string): value is Pace => paces.some((pace) => pace === value);

export function PaceField({ pace, onChange }: { pace: Pace; onChange: (pace: Pace) => void }) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="font-medium">Pace</span>
      <select
        value={pace}
        onChange={(event) => isPace(event.target.value) && onChange(event.target.value)}
        className="min-h-9 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
      >
        <option value="live">live</option>
        <option value="step">step by step</option>
        <option value="instant">instant</option>
      </select>
    </label>
  );
}
