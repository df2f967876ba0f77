import { Pause, Play, SkipBack, StepBack, StepForward, X } from 'lucide-react';
import { type KeyboardEvent, useEffect } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { Select } from '@/components/ui/select';
import { stepMs } from '@/lib/session/playback';
import { shown } from '@/lib/session/select';
import { type Playback, speeds } from '@/lib/session/session';

/** Plays all columns step by step together: play, pause, back and forth, and to any step. So do the keys Space , and . */
export function Transport() {
  const playback = useSession((session) => session.playback);
  return playback && <Controls playback={playback} />;
}

function Controls({ playback }: { playback: Playback }) {
  const dispatch = useDispatch();
  const { max } = useSession(shown);
  const step = Math.min(playback.shown, max);
  const over = step >= max;
  const playing = playback.playing && !over;
  const unit = playback.ends ? 'token' : 'word';
  const goTo = (to: number) => dispatch({ kind: 'stepped-to', step: to });
  const play = () => dispatch({ kind: playing ? 'paused' : 'played' });
  useTicks(playing, playback);
  function press(event: KeyboardEvent): void {
    const onControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
    if (event.key === ' ' && onControl) return;
    if (event.key === ' ') play();
    else if (event.key === ',') goTo(step - 1);
    else if (event.key === '.') goTo(step + 1);
    else return;
    event.preventDefault();
  }
  return (
    <section
      aria-label="Step by step"
      onKeyDown={press}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-control border-dashed px-2 py-1 text-sm print:hidden"
    >
      <Button variant="quiet" onClick={() => goTo(0)} aria-label="To the start">
        <SkipBack aria-hidden size={16} />
      </Button>
      <Button variant="quiet" onClick={() => goTo(step - 1)} disabled={step === 0} aria-label="Step back">
        <StepBack aria-hidden size={16} />
      </Button>
      <Button onClick={play} aria-label={playing ? 'Pause' : 'Play'}>
        {playing ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
      </Button>
      <Button variant="quiet" onClick={() => goTo(step + 1)} disabled={over} aria-label="Step forward">
        <StepForward aria-hidden size={16} />
      </Button>
      <Range
        aria-label="Steps shown"
        aria-valuetext={`${step} of ${max} ${unit}s`}
        min={0}
        max={max}
        value={step}
        onChange={goTo}
        className="min-w-24 max-w-md grow pointer-coarse:min-h-11"
      />
      <span className="text-dim tabular-nums">
        {step} of {max} {unit}s
      </span>
      <Select
        label={<span className="sr-only">Speed</span>}
        options={speeds}
        value={playback.speed}
        nameOf={(each) => each}
        onChange={(speed) => dispatch({ kind: 'speed-chosen', speed })}
      />
      <Button variant="quiet" onClick={() => dispatch({ kind: 'playback-closed' })}>
        <X aria-hidden size={16} /> Show all
      </Button>
    </section>
  );
}

/** Ticks while it plays. */
function useTicks(playing: boolean, { shown: step, speed }: Playback): void {
  const dispatch = useDispatch();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step waits for the next one anew
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => dispatch({ kind: 'ticked' }), stepMs[speed]);
    return () => clearTimeout(timer);
  }, [dispatch, playing, step, speed]);
}
