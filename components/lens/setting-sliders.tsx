import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import type { Sliders } from '@/lib/lens/reshaped';

type SettingSlidersProps = {
  /** whose runs they are tried on; '' if there are no others */
  label: string;
  sliders: Sliders;
  moved: boolean;
  onMove: (sliders: Sliders | null) => void;
};

/** Temperature and top-p, to try other values: nothing is run again. */
export function SettingSliders({ label, sliders, moved, onMove }: SettingSlidersProps) {
  // Runs may have had a higher temperature than is usual.
  const [maxTemperature] = useState(() => Math.max(2, sliders.temperature));
  return (
    <fieldset className={`flex flex-col gap-2 rounded-md border border-hairline p-3 ${moved ? '' : 'print:hidden'}`}>
      <legend className="px-1 text-fine text-dim">
        Try other settings{label && ` on the runs of ${label}`}; nothing is run again
      </legend>
      <Slider
        name="Temperature"
        max={maxTemperature}
        value={sliders.temperature}
        onChange={(temperature) => onMove({ ...sliders, temperature })}
      />
      <Slider name="Top-p" max={1} value={sliders.top_p} onChange={(top_p) => onMove({ ...sliders, top_p })} />
      <Button variant="quiet" className="self-start print:hidden" disabled={!moved} onClick={() => onMove(null)}>
        As it was run
      </Button>
    </fieldset>
  );
}

type SliderProps = { name: string; max: number; value: number; onChange: (value: number) => void };

function Slider({ name, max, value, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="grid min-h-6 grid-cols-[1fr_auto] items-center gap-x-3 text-sm sm:grid-cols-[6rem_1fr_2.5rem]">
      <label htmlFor={id}>{name}</label>
      <Range
        id={id}
        min={0}
        max={max}
        step={0.05}
        value={value}
        aria-valuetext={String(value)}
        onChange={onChange}
        className="min-w-0 max-sm:order-last max-sm:col-span-2 pointer-coarse:min-h-11"
      />
      <span className="text-right font-mono tabular-nums">{value}</span>
    </div>
  );
}
