import { Pause, Play, SkipBack, StepBack, StepForward, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { Select } from '@/components/ui/select';

type TransportProps = {
  /** how many steps are shown; of `most` */
  step: number;
  most: number;
  /** what a step is: a token where they are known, else a word */
  unit: 'token' | 'word';
  /** whether it plays from the start */
  autoplay: boolean;
  onStep: (step: number) => void;
  onClose: () => void;
};

const paces = ['slow', 'steady', 'fast'] as const;
type Pace = (typeof paces)[number];
/** Milliseconds between two steps. */
const stepMs: Record<Pace, number> = { slow: 900, steady: 350, fast: 80 };

/** All columns step by step together: play, pause, back and forth, and to any place. Space , and . do so, too. */
export function Transport({ step, most, unit, autoplay, onStep, onClose }: TransportProps) {
  const [playing, setPlaying] = useState(autoplay);
  const [pace, setPace] = useState<Pace>('steady');
  const over = step >= most;
  useEffect(() => {
    if (!playing || over) return;
    const timer = setTimeout(() => onStep(step + 1), stepMs[pace]);
    return () => clearTimeout(timer);
  }, [playing, over, step, pace, onStep]);
  const go = (to: number) => {
    setPlaying(false);
    onStep(Math.min(most, Math.max(0, to)));
  };
  const play = () => {
    if (over) onStep(0);
    setPlaying(!playing || over);
  };
  const onKey = (key: string): boolean => {
    if (key === ' ') play();
    else if (key === ',') go(step - 1);
    else if (key === '.') go(step + 1);
    else return false;
    return true;
  };
  return (
    <section
      aria-label="Step by step"
      onKeyDown={(event) => {
        const onButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
        if (event.key === ' ' && onButton) return;
        if (onKey(event.key)) event.preventDefault();
      }}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-control border-dashed px-2 py-1 text-sm print:hidden"
    >
      <Button variant="quiet" onClick={() => go(0)} aria-label="To the start">
        <SkipBack aria-hidden size={16} />
      </Button>
      <Button variant="quiet" onClick={() => go(step - 1)} disabled={step === 0} aria-label="Step back">
        <StepBack aria-hidden size={16} />
      </Button>
      <Button onClick={play} aria-label={playing && !over ? 'Pause' : 'Play'}>
        {playing && !over ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
      </Button>
      <Button variant="quiet" onClick={() => go(step + 1)} disabled={over} aria-label="Step forward">
        <StepForward aria-hidden size={16} />
      </Button>
      <Range
        aria-label="Steps shown"
        aria-valuetext={`${step} of ${most} ${unit}s`}
        min={0}
        max={most}
        value={Math.min(step, most)}
        onChange={go}
        className="min-w-24 max-w-md grow pointer-coarse:min-h-11"
      />
      <span className="text-dim tabular-nums">
        {Math.min(step, most)} of {most} {unit}s
      </span>
      <Select
        label={<span className="sr-only">Speed</span>}
        options={paces}
        value={pace}
        nameOf={(each) => each}
        onChange={setPace}
      />
      <Button variant="quiet" onClick={onClose}>
        <X aria-hidden size={16} /> Show all
      </Button>
    </section>
  );
}
