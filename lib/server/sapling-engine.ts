import { setImmediate as others } from 'node:timers/promises';
import type { CompletionRequest } from '@/lib/openai/completion-request';
import { saplingWriter } from '@/lib/openai/sapling-writer';
import { answer } from '@/lib/openai/serve';
import type { Caller } from '@/lib/run/provider';
import { Batch } from '@/lib/sapling/batch';
import type { TooLong } from '@/lib/sapling/chat';
import type { Sapling } from '@/lib/sapling/sapling';
import { WaitingLine } from './waiting-line';
import { goOn, type Sealed, type Written } from './written';

/** What an engine is asked: to write an answer for somebody, to go on since so much of it was read, or to forget it. */
export type Asked =
  | { kind: 'write'; id: number; caller: Caller; request: CompletionRequest; sealed: Sealed }
  | { kind: 'read'; id: number; characters: number }
  | { kind: 'leave'; id: number };

/** What an engine tells of an answer: that it will be written or is refused, and what has been written. */
export type Told =
  | { kind: 'taken'; id: number }
  | { kind: 'refused'; id: number; why: TooLong }
  /** that it was given up, since its reader kept others waiting */
  | { kind: 'dropped'; id: number }
  | ({ kind: 'wrote'; id: number; over: boolean } & Written);

/** An answer that is being written, or is to be. */
type Task = {
  id: number;
  caller: Caller;
  columns: number;
  places: number;
  promptTokens: number;
  readOn: (tokens: number) => boolean;
  /** whether its prompt has been read */
  begun: boolean;
  work: ReturnType<typeof answer>;
  written: Written;
  /** characters that have been told and not been read */
  unread: number;
  /** since when it has waited for its reader, and for how many milliseconds it had before */
  waitsSince: number | null;
  waitedMs: number;
};

/**
 * How many texts are written at once: more would be slower for each, and hardly faster for all; and how many tokens all of them may
 * come to, by which the memory of caches is bounded. A single answer never comes to more.
 */
const most = { columns: 40, places: 10_240 };
/** How much of that one visitor may have, so that somebody else's first word never waits for all of their last ones. */
const mostOfVisitor = { columns: 32, places: 8192 };
/** Where there are several, each has a token more for so many texts in a round: as many as one answer may have. */
const roundOfVisitor = 8;
/** How many characters of an answer may wait for its reader. */
const maxUnread = 256 * 1024;
/** So many tokens of a prompt are read between two tokens of those who write. */
const pieceTokens = 32;
/** How long an answer may wait for its reader in all, in milliseconds, while others wait for the place that it holds. */
const maxWaitedMs = 30_000;
/** Of an answer in one piece it is told after so many tokens that they have been written: they count, also for whoever leaves. */
const countedAtOnce = 32;
/** After so many milliseconds it hears what else is asked. */
const turnMs = 10;

/**
 * Writes answers with Sapling, as many at once as is worth it: answers join when there is room and leave when they are over, one
 * token at a time (Yu et al. 2022, "Orca", call it iteration-level scheduling). Who waits is let in in turn. Between two tokens it
 * hears what else is asked.
 */
export class SaplingEngine {
  readonly #sapling: Sapling;
  readonly #batch: Batch;
  readonly #tell: (told: Told) => void;
  readonly #tasks = new Map<number, Task>();
  readonly #waiting = new WaitingLine<Task>();
  readonly #active = new Set<Task>();
  readonly #now: () => number;
  /** for whom a prompt was read last */
  readonly #reader = { short: '', long: '' };
  #running = false;
  #later: NodeJS.Timeout | undefined;

  constructor(sapling: Sapling, tell: (told: Told) => void, now: () => number = () => performance.now()) {
    this.#sapling = sapling;
    this.#batch = new Batch(sapling);
    this.#tell = tell;
    this.#now = now;
  }

  /** Resolves when there is nothing more to write for now. */
  async hear(asked: Asked): Promise<void> {
    if (asked.kind === 'write') this.#take(asked);
    else if (asked.kind === 'leave') this.#forget(asked.id);
    else {
      const task = this.#tasks.get(asked.id);
      if (task) noteUnread(task, -asked.characters, this.#now());
    }
    await this.#run();
  }

  #take({ id, caller, request, sealed }: Extract<Asked, { kind: 'write' }>): void {
    const writer = saplingWriter(this.#sapling, this.#batch, request, sealed);
    if (!writer.ok) {
      this.#tell({ kind: 'refused', id, why: writer.error });
      return;
    }
    const { columns, places, promptTokens, readOn } = writer.value;
    const work = answer(writer.value, request, sealed);
    const need = { columns, places, promptTokens, readOn, begun: false };
    const task: Task = {
      id,
      caller,
      ...need,
      work,
      written: { parts: [], tokens: 0 },
      unread: 0,
      waitsSince: null,
      waitedMs: 0,
    };
    this.#tasks.set(id, task);
    this.#waiting.add(task);
    this.#tell({ kind: 'taken', id });
  }

  #forget(id: number): void {
    const task = this.#tasks.get(id);
    if (!task) return;
    this.#tasks.delete(id);
    this.#active.delete(task);
    this.#waiting.remove(task);
    task.work.return();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      while (!this.#admit() && this.#drop());
      const going = [...this.#active].filter(({ unread }) => unread < maxUnread);
      if (going.length === 0) break;
      this.#read(going);
      await this.#write(going);
      await others();
    }
    this.#running = false;
    clearTimeout(this.#later);
    if (this.#waiting.size > 0) this.#later = setTimeout(() => void this.#run(), 1000);
  }

  /** A token more for each text of answers whose prompt has been read. */
  async #write(tasks: readonly Task[]): Promise<void> {
    let began = performance.now();
    for (const task of ofEach(tasks.filter(({ begun }) => begun))) {
      if (this.#active.delete(task)) {
        this.#active.add(task); // behind the others, for the next round
        this.#goOn(task);
      }
      if (performance.now() - began < turnMs) continue;
      await others();
      began = performance.now();
    }
  }

  /**
   * Reads some of the prompts that are to be read: those of one piece, and a piece of a longer one, which others are not kept waiting
   * by. Of both kinds one of each visitor is read in turn, to its end: prompts that are half read are not kept for long.
   */
  #read(tasks: readonly Task[]): void {
    const prompts = Map.groupBy(
      tasks.filter((task) => !task.begun),
      ({ promptTokens }) => (promptTokens > pieceTokens ? 'long' : 'short'),
    );
    for (const kind of ['short', 'long'] as const) {
      const began = performance.now();
      for (const task of prompts.get(kind)?.sort(afterVisitor(this.#reader[kind])) ?? []) {
        task.begun = task.readOn(pieceTokens);
        if (task.begun) this.#reader[kind] = task.caller.visitor;
        if (!task.begun || performance.now() - began >= turnMs) break;
      }
    }
  }

  /** Lets in who waits, in turn, until there is no room; tells whether there was for all. */
  #admit(): boolean {
    for (;;) {
      const next = this.#waiting.first((task) => this.#mayHaveMore(task));
      if (!next || !hasRoom(most, [...this.#active], next)) return this.#waiting.size === 0;
      this.#waiting.take(next);
      this.#active.add(next);
    }
  }

  /** Whether a task's visitor has not got all that one may have. */
  #mayHaveMore(task: Task): boolean {
    const own = [...this.#active].filter(({ caller }) => caller.visitor === task.caller.visitor);
    return hasRoom(mostOfVisitor, own, task);
  }

  /** Gives up the answer that has waited longest for its reader, if that is too long; tells whether there was one. */
  #drop(): boolean {
    const now = this.#now();
    const waited = ({ waitsSince, waitedMs }: Task) => waitedMs + (waitsSince === null ? 0 : now - waitsSince);
    const [slowest] = [...this.#active].sort((one, two) => waited(two) - waited(one));
    if (!slowest || waited(slowest) < maxWaitedMs) return false;
    this.#forget(slowest.id);
    this.#tell({ kind: 'dropped', id: slowest.id });
    return true;
  }

  /** A token more for each text of an answer. */
  #goOn(task: Task): void {
    const { id, work, written } = task;
    let over = false;
    for (let column = 0; column < task.columns && !over; column++) over = goOn(work, written);
    if (over) this.#forget(id);
    if (!over && written.parts.length === 0 && written.tokens < countedAtOnce) return;
    task.written = { parts: [], tokens: 0 };
    noteUnread(
      task,
      written.parts.reduce((sum, { length }) => sum + length, 0),
      this.#now(),
    );
    this.#tell({ kind: 'wrote', id, over, ...written });
  }
}

/** Whether one more fits in beside these, where there is so much room. One alone always does. */
function hasRoom(room: typeof most, tasks: readonly Task[], more: Task): boolean {
  const all = [more, ...tasks];
  const sum = (of: keyof typeof most) => all.reduce((soFar, task) => soFar + task[of], 0);
  return tasks.length === 0 || (sum('columns') <= room.columns && sum('places') <= room.places);
}

/** All tasks of one visitor; of several as many of each as have their share of a round. */
function ofEach(tasks: readonly Task[]): readonly Task[] {
  const visitors = [...Map.groupBy(tasks, ({ caller }) => caller.visitor).values()];
  if (visitors.length === 1) return tasks;
  return visitors.flatMap((own) => {
    let columns = 0;
    return own.filter((task) => {
      columns += task.columns;
      return columns <= roundOfVisitor;
    });
  });
}

/** Tasks in the order in which visitors have their turn after that of one, and of each the shortest prompt first. */
const afterVisitor = (last: string) => (one: Task, two: Task) => {
  const [before, after] = [one.caller.visitor, two.caller.visitor];
  if (before === after) return one.promptTokens - two.promptTokens;
  if (before > last !== after > last) return before > last ? -1 : 1;
  return before < after ? -1 : 1;
};

/** Notes that so many characters more wait for the reader, or fewer, and from when to when an answer waits for that. */
function noteUnread(task: Task, more: number, now: number): void {
  task.unread += more;
  if (task.unread >= maxUnread) task.waitsSince ??= now;
  else if (task.waitsSince !== null) {
    task.waitedMs += now - task.waitsSince;
    task.waitsSince = null;
  }
}
