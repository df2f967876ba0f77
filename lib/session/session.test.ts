import { describe, expect, it } from 'vitest';
import type { Numbered } from '@/lib/api/event-stream';
import type { SeenCapability } from '@/lib/api/status';
import { sideBySide } from '@/lib/compare/side-by-side';
import { theDice } from '@/lib/lessons/the-dice';
import { whenTheServerMoves } from '@/lib/lessons/when-the-server-moves';
import { exampleRecipe } from '@/lib/recipe/example';
import { plan } from '@/lib/recipe/plan';
import { probeRecipe, recipeForForm } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from '@/lib/run/events';
import { type Experiment, unrun } from '@/lib/run/fold';
import { ended, failed } from '@/lib/run/records.fixture';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import type { Action } from './actions';
import { addressOf } from './address';
import type { Effect } from './effects';
import type { LessonStep } from './lesson';
import { builtIn } from './providers';
import { reduce } from './reduce';
import { refusals, refusedSettings } from './refusals';
import { canContinue, isEdited, isMine, isOver, isReading, isRunning, lensPlace, shown, viewSettings } from './select';
import { type Opened, openSession, type Session } from './session';

const at = '2026-11-27T10:00:00.000Z';

const recipe: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Once upon a time' }],
    seed: 74,
    temperature: 1,
    max_completion_tokens: 60,
  },
  repeats: 2,
};

const view = (experiment: Experiment) => sideBySide(experiment, { baseline: 'common' });

function openExample(asked: Recipe = recipe): Session {
  const experiment = { id: '', recipe: asked, runs: [ended(1, 'one two'), ended(2, 'one three')], running: false };
  return openSession({ kind: 'example', experiment, view: view(experiment) }, builtIn);
}

function openSaved(
  change: Partial<Experiment> = {},
  parent: SavedExperiment | null = null,
  saved: Partial<SavedHead> = {},
): Session {
  const experiment = {
    id: 'saved',
    recipe,
    runs: [ended(1, 'one two'), ended(2, 'one three')],
    running: false,
    ...change,
  };
  const opened: Opened = {
    kind: 'saved',
    experiment,
    view: view(experiment),
    saved: { ...head('saved'), ...saved },
    parent,
    drift: null,
  };
  return openSession(opened, builtIn);
}

const head = (id: string) => ({
  id,
  title: null,
  createdAt: at,
  sharedAt: null,
  parent: null,
  origin: 'run' as const,
  own: true,
});

/** A run that was refused because of its temperature. */
function refusedRun(run: number) {
  const record = failed(run, 'bad_request');
  return { ...record, error: { ...record.error, param: 'temperature' } };
}

/** A session after some actions, and the effects of the last of them. */
function drive(session: Session, ...actions: Action[]): { session: Session; effects: readonly Effect[] } {
  return actions.reduce<{ session: Session; effects: readonly Effect[] }>(
    (step, action) => reduce(step.session, action),
    { session, effects: [] },
  );
}

const kinds = (effects: readonly Effect[]) =>
  effects.map(({ kind }) => kind).filter((kind) => kind !== 'write-address');

const numbered = (events: readonly RunEvent[], from = 1): Numbered[] =>
  events.map((event, index) => ({ seq: from + index, event }));

const start = (id: string, asked: Recipe = recipe): RunEvent => ({
  type: 'experiment-start',
  id,
  recipe: asked,
  runs: plan(asked),
});
const timing = { queuedMs: 0, firstTextMs: 1, totalMs: 2 };
const finish = (run: number): RunEvent => ({
  type: 'run-end',
  run,
  finish: 'stop',
  model: 'seedling-1',
  fingerprints: ['fp'],
  usage: null,
  requestId: null,
  attempts: 1,
  timing,
});
/** All events of an experiment whose runs give these texts. */
const wholeRun = (id: string, texts: readonly string[], asked: Recipe = recipe): RunEvent[] => [
  start(id, asked),
  ...texts.flatMap((text, index): RunEvent[] => [
    { type: 'run-start', run: index + 1 },
    { type: 'text-delta', run: index + 1, text },
    finish(index + 1),
  ]),
  { type: 'experiment-end', id },
];

const heard = (events: readonly RunEvent[], from = 1): Action => ({
  kind: 'heard',
  events: numbered(events, from),
  at,
});
const ran = (id: string, texts: readonly string[] = ['a b', 'a c'], asked: Recipe = recipe): Action =>
  heard(wholeRun(id, texts, asked));

describe('a session that is asked to run', () => {
  it('starts what the form asks for, at a pace that can be read', () => {
    const { session, effects } = drive(openExample(), { kind: 'run-asked' });
    expect(effects).toEqual([{ kind: 'start', recipe, pace: 60, parent: null }]);
    expect(isRunning(session)).toBe(true);
    expect(session.on.kind).toBe('example');
  });

  it.each([
    ['somebody wants no motion', { kind: 'mounted', reducedMotion: true, view: null }],
    ['it is to come at once', { kind: 'pace-chosen', pace: 'instant' }],
  ] satisfies [string, Action][])('asks for no pace where %s', (_, action) => {
    expect(drive(openExample(), action, { kind: 'run-asked' }).effects).toMatchObject([{ kind: 'start', pace: null }]);
  });

  it('shows the new experiment as soon as something is heard of it', () => {
    const { session } = drive(openExample(), { kind: 'run-asked' }, heard([start('new')]));
    expect(session.on).toMatchObject({ kind: 'mine', head: { id: 'new', createdAt: at, own: true }, parent: null });
    expect(session.link).toEqual({ kind: 'open' });
    expect(isMine(session)).toBe(true);
    expect(addressOf(session)).toEqual({ kind: 'permalink', id: 'new', view: 'columns' });
  });

  it('writes the address when it changes and only then', () => {
    const asked = drive(openExample(), { kind: 'run-asked' }, heard([start('new')]));
    expect(asked.effects).toEqual([
      { kind: 'write-address', address: { kind: 'permalink', id: 'new', view: 'columns' } },
    ]);
    expect(reduce(asked.session, heard([{ type: 'run-start', run: 1 }], 2)).effects).toEqual([]);
  });

  it('does nothing while something runs: nothing is spent twice', () => {
    expect(drive(openExample(), { kind: 'run-asked' }, { kind: 'run-asked' }).effects).toEqual([]);
  });

  it('shows the field that is wrong, and sends nothing', () => {
    const { session, effects } = drive(
      openExample(),
      { kind: 'edited', part: { settings: { prompt: '' } } },
      { kind: 'run-asked' },
    );
    expect(session.problem).toMatchObject({ field: 'prompt' });
    expect(effects).toEqual([{ kind: 'focus', target: { kind: 'field', field: 'prompt' } }]);
    expect(drive(session, { kind: 'edited', part: { settings: { prompt: 'Hi' } } }).session.problem).toBeNull();
  });

  it('asks for confirmation first if many calls may cost something', () => {
    const costly = {
      ...openExample(),
      providers: [
        {
          id: 'openai',
          name: 'OpenAI',
          about: null,
          free: false,
          paced: false,
          continues: false,
          ownKey: 'no' as const,
          endpoint: null,
          complete: false,
          models: [],
          listProblem: null,
          capabilities: [],
        },
      ],
    };
    const edits: Action[] = [{ kind: 'edited', part: { provider: 'openai', runs: '21' } }, { kind: 'run-asked' }];
    const { session, effects } = drive(costly, ...edits);
    expect([session.confirming, kinds(effects)]).toEqual([true, []]);
    expect(kinds(drive(session, { kind: 'run-confirmed' }).effects)).toEqual(['start']);
    expect(drive(session, { kind: 'run-confirmed' }).session.confirming).toBe(false);
    const declined = drive(session, { kind: 'run-declined' });
    expect([declined.session.confirming, kinds(declined.effects)]).toEqual([false, []]);
    expect(kinds(drive(declined.session, { kind: 'run-confirmed' }).effects)).toEqual([]);
  });

  it('says why the server refused, and keeps what was on the screen', () => {
    const problem = { field: 'seed' as const, fault: { kind: 'quoted' as const, message: 'No.' } };
    const { session } = drive(openExample(), { kind: 'run-asked' }, { kind: 'refused', problem });
    expect(session.problem).toEqual(problem);
    expect([isRunning(session), session.on.kind]).toEqual([false, 'example']);
  });
});

describe('a session whose connection', () => {
  const going = drive(
    openExample(),
    { kind: 'run-asked' },
    heard([start('new'), { type: 'run-start', run: 1 }]),
  ).session;

  it('cannot be made says that the server cannot be reached', () => {
    const { session } = drive(openExample(), { kind: 'run-asked' }, { kind: 'disconnected' });
    expect(session.problem?.fault).toEqual({ kind: 'unreachable' });
    expect(isRunning(session)).toBe(false);
  });

  it('breaks resumes it after the last event that was heard', () => {
    const { session, effects } = drive(going, { kind: 'disconnected' });
    expect(effects).toEqual([{ kind: 'follow', id: 'new', after: 2, delayMs: 250 }]);
    expect(session.link).toEqual({ kind: 'lost', attempt: 0 });
    expect(drive(session, { kind: 'connected' }).session.link).toEqual({ kind: 'open' });
  });

  it('cannot be resumed waits longer each time, and gives up in the end', () => {
    const delays: number[] = [];
    let session = going;
    for (let attempt = 0; attempt < 5; attempt++) {
      const step = reduce(session, { kind: 'disconnected' });
      delays.push(...step.effects.flatMap((effect) => (effect.kind === 'follow' ? [effect.delayMs] : [])));
      session = step.session;
    }
    expect(delays).toEqual([250, 500, 1000, 2000, 4000]);
    const end = reduce(session, { kind: 'disconnected' });
    expect(end.effects).toEqual([]);
    expect(end.session.problem?.fault).toEqual({ kind: 'connection-lost' });
  });

  it('is resumed hears each event once', () => {
    const again = drive(going, { kind: 'disconnected' }, { kind: 'connected' }).session;
    const events = numbered([start('new'), { type: 'run-start', run: 1 }, { type: 'text-delta', run: 1, text: 'a' }]);
    const { session } = drive(again, { kind: 'heard', events, at });
    expect(session.on.experiment.runs[0]?.text).toBe('a');
    expect(drive(session, { kind: 'heard', events, at }).session.on.experiment.runs[0]?.text).toBe('a');
  });

  it('is resumed from a log that begins anew has everything once', () => {
    const { session } = drive(
      going,
      { kind: 'disconnected' },
      { kind: 'connected' },
      heard(wholeRun('new', ['x', 'y']), 900),
    );
    expect(session.on.experiment.runs.map(({ text }) => text)).toEqual(['x', 'y']);
    expect([session.link.kind, isRunning(session)]).toEqual(['idle', false]);
  });

  it('ends when the experiment has ended is at rest', () => {
    const { session, effects } = drive(going, heard(wholeRun('new', ['x', 'y']).slice(2), 3), { kind: 'disconnected' });
    expect([session.link.kind, kinds(effects)]).toEqual(['idle', []]);
  });
});

describe('a session that is stopped', () => {
  it('stops all runs of its experiment', () => {
    const { session, effects } = drive(openExample(), { kind: 'run-asked' }, heard([start('new')]), {
      kind: 'stop-asked',
    });
    expect(effects).toEqual([{ kind: 'stop', id: 'new', runs: null }]);
    expect(isRunning(session)).toBe(true);
  });

  it('before anything is heard stops as soon as there is something to stop', () => {
    const { session, effects } = drive(openExample(), { kind: 'run-asked' }, { kind: 'stop-asked' });
    expect(kinds(effects)).toEqual([]);
    expect(kinds(drive(session, heard([start('new')])).effects)).toEqual(['stop']);
  });

  it('stops one run, and nothing where nothing runs', () => {
    const going = drive(openExample(), { kind: 'run-asked' }, heard([start('new')])).session;
    expect(drive(going, { kind: 'stop-run-asked', run: 2 }).effects).toEqual([{ kind: 'stop', id: 'new', runs: [2] }]);
    expect(drive(openExample(), { kind: 'stop-asked' }).effects).toEqual([]);
  });
});

describe('a page that is left', () => {
  it('stops listening, and stops no run', () => {
    const { effects } = drive(openExample(), { kind: 'run-asked' }, heard([start('new')]), { kind: 'left' });
    expect(effects).toEqual([{ kind: 'hang-up' }]);
  });

  it('and comes back follows what runs, from the beginning', () => {
    const session = openSaved({ running: true, runs: [ended(1, 'one')] });
    const { session: back, effects } = drive(session, { kind: 'mounted', reducedMotion: false, view: null });
    expect(effects).toContainEqual({ kind: 'follow', id: 'saved', after: 0, delayMs: 0 });
    expect(isRunning(back)).toBe(true);
    expect(drive(back, { kind: 'connected' }, { kind: 'stop-asked' }).effects).toEqual([
      { kind: 'stop', id: 'saved', runs: null },
    ]);
  });
});

describe('a shared experiment that is opened', () => {
  const session = openSaved({}, null, { sharedAt: at, own: false });
  const mount: Action = { kind: 'mounted', reducedMotion: false, view: null };
  const stored = { ...head('earlier'), recipe, runs: [ended(1, 'one two'), ended(2, 'one two')] };
  const own: Action = { kind: 'own-known', id: 'saved', own: true, parent: stored, drift: null };

  it('is asked once whose it is, and a private one is not', () => {
    expect(drive(session, mount).effects).toContainEqual({ kind: 'ask-own', id: 'saved' });
    expect(drive(openSaved(), mount).effects).not.toContainEqual({ kind: 'ask-own', id: 'saved' });
  });

  it('is read without a form, until it is known to be one’s own, edited, or run again', () => {
    expect(isReading(session)).toBe(true);
    expect(drive(session, { kind: 'run-asked' }).effects).toEqual([]);
    expect(isReading(openSaved())).toBe(false);
    const edited: Action = { kind: 'edited', part: { runs: '3' } };
    for (const action of [own, edited, { kind: 'replay-asked' } as const])
      expect(isReading(drive(session, action).session)).toBe(false);
  });

  it('gives its owner what was theirs alone', () => {
    const { on, view } = drive(session, own).session;
    expect(on).toMatchObject({ head: { own: true }, parent: { id: 'earlier' } });
    expect(view.baseline).toBe('stored');
  });

  it('keeps what everybody sees where the visitor sees no more, and takes no late answer', () => {
    const shared = openSaved({}, stored, { sharedAt: at, own: false });
    const known = drive(shared, { kind: 'own-known', id: 'saved', own: false, parent: null, drift: null }).session;
    expect([known.on, isReading(known)]).toEqual([shared.on, true]);
    const mine = drive(session, { kind: 'replay-asked' }, ran('new')).session;
    expect(drive(mine, own).session).toBe(mine);
  });

  it('leads a reader who runs it again to the results', () => {
    expect(drive(session, { kind: 'replay-asked' }).effects).toContainEqual({
      kind: 'focus',
      target: { kind: 'results' },
    });
    expect(drive(openSaved(), { kind: 'replay-asked' }).effects).toHaveLength(1);
  });
});

describe('runs that are made again', () => {
  const session = openSaved({ runs: [ended(1, 'one'), failed(2, 'rate_limit', 'Slow down.')] });

  it('are followed where nothing else runs', () => {
    const { session: asked, effects } = drive(session, { kind: 'retry-asked', run: 2 });
    expect(effects).toEqual([{ kind: 'rerun', id: 'saved', runs: [2], follow: true }]);
    expect(isRunning(asked)).toBe(true);
    const events = heard(
      [
        { type: 'run-start', run: 2 },
        { type: 'text-delta', run: 2, text: 'two' },
        finish(2),
        { type: 'experiment-end', id: 'saved' },
      ],
      50,
    );
    const over = drive(asked, events).session;
    expect(over.on).toMatchObject({ kind: 'saved', experiment: { runs: [{ text: 'one' }, { text: 'two' }] } });
    expect(isRunning(over)).toBe(false);
  });

  it('are heard already where the experiment still runs', () => {
    const going = drive(openExample(), { kind: 'run-asked' }, heard([start('new')])).session;
    expect(drive(going, { kind: 'retry-asked', run: 1 }).effects).toEqual([
      { kind: 'rerun', id: 'new', runs: [1], follow: false },
    ]);
  });

  it('are all that are missing, if that is asked for', () => {
    expect(drive(session, { kind: 'completion-asked' }).effects).toMatchObject([{ kind: 'rerun', runs: [2] }]);
    expect(drive(openSaved(), { kind: 'completion-asked' }).effects).toEqual([]);
  });
});

describe('an experiment that is run again', () => {
  it('is compared with the stored runs', () => {
    const { session, effects } = drive(openSaved(), { kind: 'replay-asked' });
    expect(effects).toMatchObject([{ kind: 'start', recipe, parent: 'saved' }]);
    const { session: over } = drive(session, ran('new'));
    expect(over.on).toMatchObject({ kind: 'mine', head: { id: 'new', parent: 'saved' }, parent: { id: 'saved' } });
    expect(viewSettings(over)).toMatchObject({
      baseline: 'stored',
      stored: [{ text: 'one two' }, { text: 'one three' }],
    });
  });

  it('is compared with the most common text if nothing is stored', () => {
    const { session } = drive(openSaved(), { kind: 'replay-asked' }, ran('new'), { kind: 'run-asked' }, ran('third'));
    expect(viewSettings(session)).toMatchObject({ baseline: 'common', stored: null });
  });
});

describe('"both ways, and compare"', () => {
  const both: Action[] = [{ kind: 'edited', part: { dispatch: 'both' } }, { kind: 'run-asked' }];

  it('runs one half, then the other, compared with it', () => {
    const { session, effects } = drive(openExample(), ...both, ran('first'));
    expect(effects).toContainEqual({
      kind: 'start',
      recipe: { ...recipe, dispatch: 'sequential' },
      pace: 60,
      parent: 'first',
    });
    expect(session.queue).toEqual([]);
    const over = drive(session, ran('second', ['a b', 'a c'], { ...recipe, dispatch: 'sequential' })).session;
    expect(over.on).toMatchObject({ head: { id: 'second' }, parent: { id: 'first' } });
    expect([over.draft.dispatch, isEdited(over)]).toEqual(['both', false]);
  });

  it('ends with Stop, and with a first half that gave no text', () => {
    const { session } = drive(openExample(), ...both, heard([start('first')]), { kind: 'stop-asked' });
    expect(session.queue).toEqual([]);
    const silent = drive(openExample(), ...both, ran('first', ['', '']));
    expect(kinds(silent.effects)).toEqual([]);
    expect(silent.session.queue).toEqual([]);
  });
});

describe('step by step', () => {
  const over = drive(openExample(), { kind: 'run-asked' }, ran('new', ['one two three', 'one two'])).session;
  const texts = (session: Session) => shown(session).experiment.runs.map(({ text }) => text);

  it('shows that many words of each run', () => {
    const { session } = drive(over, { kind: 'playback-opened' }, { kind: 'ticked' }, { kind: 'ticked' });
    expect(texts(session)).toEqual(['one two', 'one two']);
    expect([shown(session).max, session.playback?.playing, isOver(session)]).toEqual([3, true, false]);
    expect(isOver(drive(session, { kind: 'ticked' }).session)).toBe(true);
  });

  it('goes by tokens once it is known where they end', () => {
    const ends = new Map([
      [1, [3, 6, 13]],
      [2, [3, 7]],
    ]);
    const { session } = drive(
      over,
      { kind: 'playback-opened' },
      { kind: 'tokens-known', id: 'new', ends },
      { kind: 'stepped-to', step: 2 },
    );
    expect(texts(session)).toEqual(['one tw', 'one two']);
    const other = drive(over, { kind: 'playback-opened' }, { kind: 'tokens-known', id: 'old', ends }).session;
    expect(other.playback?.ends).toBeNull();
  });

  it('stands still where somebody goes to a step, and never leaves the text', () => {
    const { session } = drive(over, { kind: 'playback-opened' }, { kind: 'stepped-to', step: 9 });
    expect(session.playback).toMatchObject({ shown: 3, playing: false });
    expect(drive(session, { kind: 'stepped-to', step: -1 }).session.playback?.shown).toBe(0);
  });

  it('begins again where it is played at its end', () => {
    const { session } = drive(over, { kind: 'playback-opened' }, { kind: 'stepped-to', step: 3 }, { kind: 'played' });
    expect(session.playback).toMatchObject({ shown: 0, playing: true });
    expect(drive(session, { kind: 'paused' }, { kind: 'speed-chosen', speed: 'fast' }).session.playback).toMatchObject({
      playing: false,
      speed: 'fast',
    });
  });

  it('takes the lens along, to the token that has just come', () => {
    const { session } = drive(
      over,
      { kind: 'lens-opened', place: { run: 2, offset: 0 } },
      { kind: 'playback-opened' },
      { kind: 'stepped-to', step: 2 },
    );
    expect(lensPlace(session)).toEqual({ run: 2, offset: 3 });
    const ends = new Map([
      [1, [3, 6, 13]],
      [2, [3, 7]],
    ]);
    const byTokens = drive(session, { kind: 'tokens-known', id: 'new', ends }, { kind: 'stepped-to', step: 2 });
    expect(lensPlace(byTokens.session)).toEqual({ run: 2, at: 1 });
  });

  it('is how a new experiment is shown if that is the pace', () => {
    const { session } = drive(openExample(), { kind: 'pace-chosen', pace: 'step' }, { kind: 'run-asked' }, ran('new'));
    expect(texts(session)).toEqual(['a', 'a']);
    expect(drive(session, { kind: 'playback-closed' }).session.playback).toBeNull();
  });

  it('does not begin while runs go on', () => {
    const going = drive(openExample(), { kind: 'run-asked' }, heard([start('new')]), {
      kind: 'playback-opened',
    }).session;
    expect(going.playback).toBeNull();
  });
});

describe('the lens', () => {
  const seeded = () =>
    openSaved({
      runs: [
        { ...ended(1, 'one two'), seed: 74 },
        { ...ended(2, 'one three'), seed: 74 },
      ],
    });

  it('is closed while runs go on, and by a new experiment', () => {
    const open = drive(openSaved(), { kind: 'lens-opened', place: { run: 1, offset: 0 } }).session;
    expect(lensPlace(open)).toEqual({ run: 1, offset: 0 });
    const asked = drive(open, { kind: 'run-asked' }).session;
    expect(lensPlace(asked)).toBeNull();
    expect(lensPlace(drive(asked, ran('new')).session)).toBeNull();
  });

  it('writes a run again with another token, beside the run as it was', () => {
    const { effects } = drive(seeded(), { kind: 'what-if-asked', run: 2, offset: 3, token: ' four' });
    expect(effects[0]).toMatchObject({
      kind: 'start',
      recipe: {
        repeats: 1,
        arms: [
          { label: 'as it was', set: {} },
          { label: 'what if “four”', set: { messages: [{}, { role: 'assistant', content: 'one four' }] } },
        ],
      },
    });
  });

  it('does not do so if a run had no seed, or the text ends', () => {
    const unseeded = openSaved({ runs: [{ ...ended(1, 'one'), seed: null }] });
    expect(canContinue(unseeded, 1)).toBe(false);
    expect(kinds(drive(unseeded, { kind: 'what-if-asked', run: 1, offset: 0, token: 'x' }).effects)).toEqual([]);
    expect(canContinue(seeded(), 1)).toBe(true);
    expect(kinds(drive(seeded(), { kind: 'what-if-asked', run: 1, offset: 3, token: '' }).effects)).toEqual([]);
  });
});

describe('the address', () => {
  it('is the bare page for the example, and the permalink for what is stored', () => {
    expect(addressOf(openExample())).toEqual({ kind: 'home', view: 'columns' });
    expect(addressOf(openSaved())).toEqual({ kind: 'permalink', id: 'saved', view: 'columns' });
  });

  it('is the draft as soon as the form asks for something else', () => {
    const { session, effects } = drive(openSaved(), { kind: 'edited', part: { settings: { seed: '75' } } });
    const draft = { kind: 'draft', view: 'columns', recipe: { ...recipe, request: { ...recipe.request, seed: 75 } } };
    expect(effects).toEqual([{ kind: 'write-address', address: draft }]);
    expect(addressOf(drive(session, { kind: 'edited', part: { settings: { seed: 'x' } } }).session)).toMatchObject({
      recipe: null,
    });
    expect(addressOf(drive(session, { kind: 'edited', part: { settings: { seed: '74' } } }).session)).toMatchObject({
      kind: 'permalink',
    });
  });

  it('names the view', () => {
    expect(drive(openSaved(), { kind: 'view-changed', part: { view: 'tree' } }).effects).toEqual([
      { kind: 'write-address', address: { kind: 'permalink', id: 'saved', view: 'tree' } },
    ]);
  });

  it('shows the columns again to whoever goes to a place', () => {
    const { session } = drive(
      openSaved(),
      { kind: 'mounted', reducedMotion: false, view: 'tree' },
      { kind: 'went-to', offset: 4 },
    );
    expect([session.view.view, session.place]).toEqual(['columns', 4]);
  });
});

describe('an exhibit', () => {
  const open = openSession(
    {
      kind: 'exhibit',
      exhibit: {
        slug: 'answers',
        title: 'Answers',
        says: ['One.', 'Two.'],
        picture: 'letters',
        recipe,
        viewSettings: { view: 'variants', mode: 'json' },
      },
      experiment: openSaved().on.experiment,
      view: view(openSaved().on.experiment),
    },
    builtIn,
  );

  it('opens with its settings of the view, and with its recipe in the form', () => {
    expect(open.view).toMatchObject({ view: 'variants', mode: 'json', baseline: 'common' });
    expect(isEdited(open)).toBe(false);
  });

  it('has its own address until something else is asked for, or has run', () => {
    const own = { kind: 'exhibit', slug: 'answers', view: 'variants' };
    expect(addressOf(open)).toEqual(own);
    const edited = drive(open, { kind: 'edited', part: { runs: '3' } }).session;
    expect(addressOf(edited)).toMatchObject({ kind: 'draft' });
    expect(addressOf(drive(edited, { kind: 'edited', part: { runs: open.draft.runs } }).session)).toEqual(own);
    const { session } = drive(open, { kind: 'run-asked' }, ran('mine', ['one'], recipe));
    expect([session.on.kind, session.view.mode]).toEqual(['mine', 'json']);
    expect(addressOf(session)).toMatchObject({ kind: 'permalink', id: 'mine' });
  });
});

describe('a recipe that is opened from a link', () => {
  it('fills in the form, and is meant with all that the form cannot show', () => {
    const opened = { ...recipe, request: { ...recipe.request, logit_bias: { '5': 3 } } };
    const { session } = drive(openExample(exampleRecipe), { kind: 'recipe-opened', recipe: opened });
    expect([session.draft.settings.prompt, isEdited(session)]).toEqual(['Once upon a time', true]);
    expect(drive(session, { kind: 'run-asked' }).effects).toMatchObject([{ kind: 'start', recipe: opened }]);
  });

  it('and cannot be read says so', () => {
    const { session } = drive(openExample(), { kind: 'recipe-refused', fault: { kind: 'damaged-link' } });
    expect(session.problem).toEqual({ field: null, fault: { kind: 'not-opened', fault: { kind: 'damaged-link' } } });
    expect(addressOf(session)).toEqual({ kind: 'unopened', view: 'columns' });
    expect(addressOf(drive(session, { kind: 'edited', part: { runs: '3' } }).session)).toMatchObject({ kind: 'draft' });
  });
});

describe('a lesson', () => {
  const experiment = unrun(theDice.run.recipe);
  const open = openSession({ kind: 'lesson', experiment, view: view(experiment) }, builtIn, theDice);
  const first = ran('first', ['I'], theDice.run.recipe);
  const second = ran('second', ['It'], theDice.change.recipe);

  it('keeps its address, whatever is on the screen', () => {
    expect(addressOf(drive(open, { kind: 'run-asked' }, first).session)).toEqual({ kind: 'own', view: 'columns' });
  });

  it('goes on to what there is to see, and opens the lens there without taking the focus', () => {
    const { session } = drive(open, { kind: 'lesson-step', step: 'run' }, { kind: 'run-asked' }, first);
    expect(session.lesson).toMatchObject({ step: 'see', first: { id: 'first' }, problem: null });
    expect(session.lens).toEqual({ place: { run: 1, at: 0 }, led: true });
  });

  it('waits until all of it has been shown', () => {
    const { session } = drive(
      open,
      { kind: 'pace-chosen', pace: 'step' },
      { kind: 'run-asked' },
      ran('first', ['I am'], theDice.run.recipe),
    );
    expect(session.lesson?.step).toBe('predict');
    expect(drive(session, { kind: 'playback-closed' }).session.lesson?.step).toBe('see');
  });

  it('says that another recipe ran, or that no text came, and loads its own again', () => {
    const problem = drive(
      open,
      { kind: 'edited', part: { settings: { seed: '1' } } },
      { kind: 'run-asked' },
      ran('other', ['I'], recipe),
    ).session;
    expect(problem.lesson).toMatchObject({ step: 'predict', problem: 'another-recipe', first: null });
    const back = drive(problem, { kind: 'lesson-recipe-asked' }).session;
    expect([back.origin, back.lesson?.problem]).toEqual([theDice.run.recipe, null]);
    const silent = drive(open, { kind: 'run-asked' }, ran('first', [''], theDice.run.recipe)).session;
    expect(silent.lesson?.problem).toBe('no-text');
  });

  it('loads the recipe of its change, and keeps what came of it', () => {
    const changing = drive(open, { kind: 'run-asked' }, first, { kind: 'lesson-step', step: 'change' });
    expect(changing.session.origin).toEqual(theDice.change.recipe);
    expect(changing.effects).toContainEqual({ kind: 'focus', target: { kind: 'lesson-step', step: 'change' } });
    expect(changing.effects).toContainEqual({ kind: 'show', part: 'recipe' });
    expect(drive(changing.session, { kind: 'lesson-step', step: 'see' }).effects).toContainEqual({
      kind: 'show',
      part: 'lens',
    });
    const { session } = drive(changing.session, { kind: 'run-asked' }, second);
    expect(session.lesson).toMatchObject({ step: 'change', first: { id: 'first' }, second: { id: 'second' } });
  });

  it('takes every recipe that its instruction asks for', () => {
    const asked = openSession({ kind: 'lesson', experiment, view: view(experiment) }, builtIn, whenTheServerMoves);
    const { recipe: atOnce, alsoAsked = [] } = whenTheServerMoves.change;
    expect(alsoAsked.map(({ dispatch }) => dispatch)).toEqual(['sequential']);
    const changing = drive(asked, { kind: 'lesson-step', step: 'change' }).session;
    for (const each of [atOnce, ...alsoAsked]) {
      const { session } = drive(changing, { kind: 'run-asked' }, ran('mug', ['a', 'b'], each));
      expect(session.lesson).toMatchObject({ second: { id: 'mug' }, problem: null });
    }
  });

  it('goes on where it was left, with what had run', () => {
    const saved = (id: string, asked: Recipe, text: string): SavedExperiment => {
      const { own: _, ...rest } = head(id);
      return { ...rest, recipe: asked, runs: [ended(1, text)] };
    };
    const one = saved('one', theDice.run.recipe, 'I');
    const two = saved('two', theDice.change.recipe, 'It');
    const restored = (step: LessonStep, kept: { first?: SavedExperiment; second?: SavedExperiment } = {}) =>
      drive(open, { kind: 'lesson-restored', step, first: null, second: null, ...kept }).session;
    expect(restored('check', { first: one })).toMatchObject({
      lesson: { step: 'check', first: { id: 'one' }, second: null, problem: null },
      on: { kind: 'mine', experiment: { id: 'one', running: false }, head: { id: 'one', own: true } },
      lens: { led: true },
    });
    expect(restored('change', { first: one }).origin).toEqual(theDice.change.recipe);
    expect(restored('make', { first: one, second: two })).toMatchObject({
      lesson: { step: 'make', second: { id: 'two' } },
      on: { experiment: { id: 'two' } },
    });
    expect(restored('see').lesson?.step).toBe('run'); // what had run is no longer stored: there is nothing to see
    expect(restored('predict')).toBe(open);
    const begun = drive(open, { kind: 'lesson-step', step: 'run' }).session;
    expect(drive(begun, { kind: 'lesson-restored', step: 'make', first: one, second: two }).session).toBe(begun);
  });

  it('begins anew when that is asked for, and not while something runs', () => {
    const seen = drive(open, { kind: 'run-asked' }, first, { kind: 'lesson-step', step: 'change' }).session;
    const { session, effects } = drive(seen, { kind: 'lesson-restarted' });
    expect(session.lesson).toEqual(open.lesson);
    expect([session.on, session.origin, session.lens]).toEqual([open.on, open.origin, null]);
    expect(effects).toContainEqual({ kind: 'focus', target: { kind: 'lesson-step', step: 'predict' } });
    const running = drive(seen, { kind: 'run-asked' }).session;
    expect(drive(running, { kind: 'lesson-restarted' }).session).toBe(running);
  });

  it('leaves alone whoever is at a later step', () => {
    const later = drive(
      open,
      { kind: 'run-asked' },
      first,
      { kind: 'lesson-step', step: 'explain' },
      { kind: 'lens-closed' },
    ).session;
    const again = drive(later, { kind: 'run-asked' }, ran('again', ['I'], theDice.run.recipe)).session;
    expect(again.lesson).toMatchObject({ step: 'explain', first: { id: 'again' } });
    expect(again.lens).toBeNull();
  });
});

describe('the head of an experiment', () => {
  it('changes on the screen where it is that experiment’s', () => {
    const named = { ...head('saved'), title: 'Bees' };
    expect(drive(openSaved(), { kind: 'head-changed', head: named }).session.on).toMatchObject({ head: named });
    const other = drive(openSaved(), { kind: 'head-changed', head: { ...named, id: 'other' } }).session;
    expect(other.on).toMatchObject({ head: { title: null } });
  });
});

describe('a probe', () => {
  const probe = probeRecipe('seedling', 'seedling-1');

  it('asks of the model in the form, at once, and leaves the form as it is', () => {
    const { session, effects } = drive(openExample(), { kind: 'probe-asked' });
    expect(effects).toMatchObject([
      { kind: 'start', recipe: probe, pace: null, parent: null },
      { kind: 'focus', target: { kind: 'results' } },
    ]);
    const before = openExample().draft;
    const { session: after } = drive(session, heard([start('p', probe)]));
    expect(after.draft).toEqual(before);
    expect(isEdited(after)).toBe(false);
    expect(addressOf(after)).toMatchObject({ kind: 'permalink', id: 'p' });
  });

  it('is no more what the page is about once the form is edited', () => {
    const running = drive(openExample(), { kind: 'probe-asked' }, heard([start('p', probe)])).session;
    const edited = drive(running, { kind: 'edited', part: { settings: { prompt: 'Other' } } }).session;
    expect(isEdited(edited)).toBe(true);
  });

  it('does not start while something runs', () => {
    expect(drive(openExample(), { kind: 'run-asked' }, { kind: 'probe-asked' }).effects).toEqual([]);
  });

  it('is opened with its prompt in the form, to be run as any other', () => {
    const session = openSaved({ recipe: probe, runs: [] });
    expect(session.origin).toEqual(recipeForForm(probe));
    expect(session.draft).toMatchObject({ vary: 'nothing', runs: '5' });
    expect(isEdited(session)).toBe(false);
  });
});

describe('a setting that was refused', () => {
  const session = openSaved({ runs: [refusedRun(1), ended(2, 'one')] });

  it('is known by the runs on the screen, while the form has it and asks the same model', () => {
    expect([...refusedSettings(session)]).toEqual(['temperature']);
    const edited = (settings: object) => drive(session, { kind: 'edited', part: { settings } }).session;
    expect([...refusedSettings(edited({ temperature: '' }))]).toEqual([]);
    expect([...refusedSettings(edited({ model: 'other' }))]).toEqual([]);
    expect([...refusedSettings(openSaved())]).toEqual([]);
  });

  it('is known too by what was seen of the model before it is run, with its day', () => {
    const seen = (change: Partial<SeenCapability>): SeenCapability => ({
      ...{ model: 'm', parameter: 'temperature', state: 'refused', value: '0.2', before: null },
      ...{ at: '2026-11-12T00:00:00.000Z', ...change },
    });
    const capabilities = [
      seen({}),
      seen({ parameter: 'seed', state: 'accepted' }),
      seen({ parameter: 'stream', value: null }),
      seen({ parameter: 'top_p' }),
      seen({ model: 'other' }),
    ];
    const providers = builtIn.map((each) => ({ ...each, id: 'stub', capabilities }));
    const form = { provider: 'stub', settings: { model: 'm', temperature: '0.2', seed: '7', top_p: '' } };
    const { session: before } = drive(
      openExample(),
      { kind: 'models-known', providers },
      { kind: 'edited', part: form },
    );
    const at = '2026-11-12T00:00:00.000Z';
    expect(refusals(before)).toEqual([
      { model: 'm', key: 'temperature', value: '0.2', at },
      { model: 'm', key: 'stream', value: null, at },
    ]);
    const unstreamed = drive(before, { kind: 'edited', part: { settings: { stream: 'off' } } }).session;
    expect(refusals(unstreamed).map(({ key }) => key)).toEqual(['temperature']);
    expect(refusals(drive(before, { kind: 'edited', part: { provider: 'seedling' } }).session)).toEqual([]);
    expect(refusals(session)).toMatchObject([{ key: 'temperature', value: null, at: expect.any(String) }]);
  });

  it('is left out where it is to be run without it, and does not vary', () => {
    const varied = drive(session, { kind: 'edited', part: { vary: 'temperature', values: '0, 1' } }).session;
    const { session: after, effects } = drive(varied, { kind: 'run-without-asked', key: 'temperature' });
    const { temperature: _, ...request } = recipe.request;
    expect(after.draft.vary).toBe('nothing');
    expect(effects[0]).toMatchObject({ kind: 'start', recipe: { ...recipe, request } });
    expect(JSON.stringify(effects[0])).not.toContain('temperature');
  });
});
