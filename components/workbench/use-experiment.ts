'use client';

import { useCallback, useEffect, useReducer, useRef } from 'react';
import { z } from 'zod';
import { type Numbered, readEvents } from '@/lib/api/event-stream';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { type FieldProblem, fieldOf } from '@/lib/session/draft';

export type ExperimentState = {
  experiment: Experiment;
  /** true from pressing Run until the first event, and while a lost connection is being taken up again */
  connecting: boolean;
  problem: FieldProblem | null;
};

type Action =
  | { type: 'asked' }
  | { type: 'told'; events: RunEvent[] }
  | { type: 'lost' }
  | { type: 'refused'; problem: FieldProblem };

function reduce(state: ExperimentState, action: Action): ExperimentState {
  switch (action.type) {
    case 'asked':
      return { ...state, connecting: true, problem: null };
    case 'told': {
      const experiment = action.events.reduce<Experiment | null>(applyEvent, state.experiment);
      return { ...state, connecting: false, experiment: experiment ?? state.experiment };
    }
    case 'lost':
      return { ...state, connecting: true };
    case 'refused':
      return { ...state, connecting: false, problem: action.problem };
  }
}

/** Events of all columns are put on the screen together, at most this often. */
const gatherMs = 50;
const reconnectAfterMs = [250, 500, 1000, 2000, 4000];

const Refusal = z.object({ error: z.object({ message: z.string(), param: z.string().nullish() }) });

/**
 * Runs experiments on the server and folds what it tells. `initial` is shown until the first run; if it is running
 * already (opened in a second tab, say), it is followed.
 */
export function useExperiment(initial: Experiment) {
  const [state, dispatch] = useReducer(reduce, { experiment: initial, connecting: false, problem: null });
  const reading = useRef(new AbortController());
  const seen = useRef(0);
  /** the experiment that this page was opened with, once the page itself has run something of it again */
  const started = useRef<string | null>(null);

  /** the experiment that is still to end, by the events that have come, whether or not they are on the screen yet */
  const unfinished = useRef<string | null>(null);

  /** Follows one response to its end, or to where the connection breaks. `id`: of the experiment, if it is known. */
  const follow = useCallback(async (response: Response, id: string | null) => {
    if (!response.body) return;
    const gathered = gather((events) => dispatch({ type: 'told', events }));
    try {
      for await (const numbered of readEvents(response.body)) {
        if (numbered.seq <= seen.current) continue;
        seen.current = numbered.seq;
        const { event } = numbered;
        if (event.type === 'experiment-start') unfinished.current = event.id;
        else unfinished.current = event.type === 'experiment-end' ? null : (unfinished.current ?? id);
        gathered.add(numbered);
      }
    } finally {
      gathered.flush();
    }
  }, []);

  const ask = useCallback(
    async (path: string, body: unknown, id: string | null): Promise<void> => {
      dispatch({ type: 'asked' });
      const { signal } = reading.current;
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      };
      try {
        const response = await fetch(path, request);
        if (!response.ok) return dispatch({ type: 'refused', problem: await readRefusal(response) });
        await follow(response, id);
      } catch {
        if (signal.aborted || seen.current > 0) return;
        dispatch({
          type: 'refused',
          problem: quoted('The server cannot be reached. Is it running?'),
        });
      }
    },
    [follow],
  );

  /** A connection that broke before the end is taken up again after the last event that arrived. */
  const resume = useCallback(
    async (id: string, delays = reconnectAfterMs): Promise<void> => {
      const { signal } = reading.current;
      for (const delay of delays) {
        dispatch({ type: 'lost' });
        await new Promise((resolve) => setTimeout(resolve, delay));
        const headers = { 'last-event-id': String(seen.current) };
        const response = await fetch(`/api/experiments/${id}/events`, { headers, signal }).catch(() => null);
        if (signal.aborted) return;
        if (response?.ok) return follow(response, id).catch(() => resume(id));
      }
      dispatch({ type: 'refused', problem: quoted('The connection to the server was lost.') });
    },
    [follow],
  );

  const { id, running } = state.experiment;
  const runningId = running ? id : null;

  /** Asks, follows, and takes a broken connection up again. */
  const attend = useCallback(
    async (path: string, body: unknown, id: string | null) => {
      const { signal } = reading.current;
      unfinished.current = null;
      await ask(path, body, id);
      if (unfinished.current && !signal.aborted) await resume(unfinished.current);
    },
    [ask, resume],
  );

  /** Starts an experiment; with a parent, as another go at that one's recipe. */
  const run = useCallback(
    (recipe: Recipe, pace: number | null, parent: string | null) => {
      reading.current.abort();
      reading.current = new AbortController();
      seen.current = 0;
      const query = new URLSearchParams({ ...(pace && { pace: String(pace) }), ...(parent && { parent }) });
      void attend(`/api/experiments?${query}`, recipe, null);
    },
    [attend],
  );

  const followed = useRef(initial.running ? initial.id : null);
  useEffect(() => {
    if (followed.current !== null) void resume(followed.current, [0, ...reconnectAfterMs]);
    followed.current = null;
  }, [resume]);

  const stop = useCallback(
    (runs?: number[]) => void post(`/api/experiments/${id}/stop`, runs ? { runs } : {}).catch(() => undefined),
    [id],
  );

  const again = useCallback(
    (runs: number[]) => {
      started.current = id;
      void attend(`/api/experiments/${id}/runs`, { runs }, id);
    },
    [attend, id],
  );

  // Closing the page stops its runs at once; a connection that is merely lost has the server's grace to come back.
  useEffect(() => {
    if (!runningId || (runningId === initial.id && started.current !== runningId)) return;
    const leave = () => navigator.sendBeacon(`/api/experiments/${runningId}/stop`, '{}');
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [runningId, initial.id]);

  return { ...state, run, stop, again };
}

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const quoted = (message: string, param: string | null = null): FieldProblem => ({
  field: fieldOf(param),
  fault: { kind: 'quoted', message },
});

async function readRefusal(response: Response): Promise<FieldProblem> {
  const parsed = Refusal.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return quoted(`The server answered with status ${response.status}.`);
  const { message, param = null } = parsed.data.error;
  return quoted(message, param);
}

function gather(tell: (events: RunEvent[]) => void): { add(numbered: Numbered): void; flush(): void } {
  let waiting: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length > 0) tell(waiting);
    waiting = [];
  };
  const add = ({ event }: Numbered) => {
    waiting.push(event);
    timer ??= setTimeout(flush, gatherMs);
  };
  return { add, flush };
}
