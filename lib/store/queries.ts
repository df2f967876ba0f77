import { randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Capability } from '@/lib/run/capability';
import type { OverRun } from '@/lib/run/record';
import {
  DocumentError,
  foldCase,
  harmless,
  inTurns,
  nextTurn,
  readCapability,
  readHead,
  readRecipe,
  readRun,
  searchable,
  turnsOf,
  writeCapability,
  writeExperiment,
  writeRun,
  writeTitle,
} from './documents';
import {
  type Expiry,
  type ListQuery,
  type NewExperiment,
  type Page,
  type RunDocument,
  type RunSize,
  type Spent,
  type Store,
  type StoredExperiment,
  type StoredHead,
  StoreError,
  type Use,
} from './store';
import type { Database, ExperimentRow, RunRow } from './tables';

type Queries = Transaction<Database>;
type Transact = <T>(work: (db: Queries) => Promise<T>) => Promise<T>;

/** What the queries need to know about the engine under them. */
export type Engine = {
  name: Store['engine'];
  /** by which the leases of this process are told from those of others */
  holder: string;
  /** When a transaction begins. */
  inTurn: <T>(transaction: () => Promise<T>) => Promise<T>;
  /** Turns an error of the engine's driver into one with words for people. */
  toStoreError(error: unknown): StoreError;
};

/** A store over a database that `migrate` has brought up to date. Closing it closes the database. */
export function sqlStore(db: Kysely<Database>, engine: Engine): Omit<Store, 'tell' | 'hear'> {
  const inWords = (error: unknown): never => {
    throw error instanceof StoreError || error instanceof Exceeded ? error : engine.toStoreError(error);
  };
  const transact: Transact = (work) => engine.inTurn(() => db.transaction().execute(work)).catch(inWords);
  return {
    engine: engine.name,
    create: (experiment, runs = []) => transact((db) => create(db, engine, experiment, runs)),
    saveRun: savingTogether((runs) => transact((db) => saveRuns(db, engine, runs))),
    findHead: (id) => transact((db) => findHead(db, id)),
    find: (id) => find(transact, id),
    findSizes: (id) => transact((db) => findSizes(db, id)),
    findDocuments: (id, runs) => transact((db) => findDocuments(db, id, runs)),
    list: (query) => transact((db) => list(db, query)),
    listReplays: (owner, hash, ...most) => transact((db) => listReplays(db, owner, hash, ...most)),
    rename: (id, title) => transact((db) => rename(db, id, title)),
    share: (id, at, deleteHash, preview) => transact((db) => share(db, id, at, deleteHash, preview)),
    findPreview: (id) => transact((db) => findPreview(db, id)),
    remove: (id) => transact((db) => remove(db, id)),
    claim: (id, now, until) => transact((db) => claim(db, engine, id, now, until)),
    holds: (id) => transact((db) => holds(db, engine, id)),
    renew: (ids, until) => transact((db) => renew(db, engine, ids, until)),
    purge: (before, now, limit) => transact((db) => purge(db, before, now, limit)),
    spend: (uses, now) => transact((db) => spend(db, uses, now)).catch(whatIsExceeded),
    settle: (changes) => transact((db) => settle(db, changes)),
    spent: (counters, now) => transact((db) => spentOf(db, counters, now)),
    knows: (owner) => transact((db) => knows(db, owner)),
    secret: (name) => transact((db) => secret(db, name)),
    learn: (server, seen) => transact((db) => learn(db, server, seen)),
    capabilities: (server) => transact((db) => capabilities(db, server)),
    check: () => transact(writeAndRemove),
    close: () => db.destroy().catch(inWords),
  };
}

type RunToSave = { id: string; run: OverRun };

/**
 * Saves runs in one transaction that end while others are being saved, or in what has arrived by now, so that the disk is waited
 * for once for all of them: with 32 calls under way that is most of the time. If they cannot be saved together, each is saved
 * alone, so that none fails for another's sake.
 */
function savingTogether(saveAll: (runs: readonly RunToSave[]) => Promise<boolean[]>): Store['saveRun'] {
  type Waiting = RunToSave & { resolve: (found: boolean) => void; reject: (reason: unknown) => void };
  let waiting: Waiting[] = [];
  let saving = false;

  async function saveAlone({ id, run, resolve, reject }: Waiting): Promise<void> {
    await saveAll([{ id, run }]).then(([found = false]) => resolve(found), reject);
  }

  async function saveWaiting(): Promise<void> {
    saving = true;
    while (waiting.length > 0) {
      await nextTurn();
      const batch = waiting;
      waiting = [];
      await saveBatch(batch);
    }
    saving = false;
  }

  async function saveBatch(batch: readonly Waiting[]): Promise<void> {
    const found = batch.length > 1 ? await saveAll(batch).catch(() => null) : null;
    for (const [at, each] of batch.entries()) {
      if (found) each.resolve(found[at] ?? false);
      else await saveAlone(each);
    }
  }

  return (id, run) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, run, resolve, reject });
      if (!saving) void saveWaiting();
    });
}

async function create(
  db: Queries,
  { holder }: Engine,
  experiment: NewExperiment,
  runs: readonly OverRun[],
): Promise<void> {
  const { id, owner, recipe, recipeHash, createdAt, parent, origin, leaseUntil } = experiment;
  await db
    .insertInto('experiments')
    .values({
      id,
      owner,
      recipe_hash: recipeHash,
      created_at: createdAt,
      parent,
      origin,
      lease_until: leaseUntil,
      holder,
      search: searchable(null, recipe),
      document: writeExperiment(experiment),
    })
    .execute();
  if (runs.length === 0) return;
  for await (const turn of inTurns(rowsOf(id, runs))) await db.insertInto('runs').values(turn).execute();
}

/** Whether the experiment of each run is still this process's, and the run is saved. */
async function saveRuns(db: Queries, engine: Engine, runs: readonly RunToSave[]): Promise<boolean[]> {
  // The lock keeps other processes from removing an experiment, or taking its lease, before its runs are stored. SQLite has one
  // writer anyway.
  const experiments = await db
    .selectFrom('experiments')
    .select('id')
    .where('id', 'in', [...new Set(runs.map(({ id }) => id))])
    .where('holder', '=', engine.holder)
    .$if(engine.name === 'postgres', (query) => query.forShare())
    .execute();
  const found = runs.map(({ id }) => experiments.some((experiment) => experiment.id === id));
  const rows = runs
    .filter((_, at) => found[at])
    .map(({ id, run }) => ({ experiment_id: id, run: run.run, document: writeRun(run) }));
  if (rows.length === 0) return found;
  await db
    .insertInto('runs')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['experiment_id', 'run']).doUpdateSet((row) => ({ document: row.ref('excluded.document') })),
    )
    .execute();
  return found;
}

/** The rows of runs, each written when its turn has come. */
function* rowsOf(id: string, runs: readonly OverRun[]): Generator<RunRow> {
  for (const run of runs) yield { experiment_id: id, run: run.run, document: writeRun(run) };
}

/** All columns but `search` and `holder`, which only the engine reads. */
const columns = [
  'id',
  'owner',
  'recipe_hash',
  'created_at',
  'shared_at',
  'delete_hash',
  'parent',
  'origin',
  'title',
  'lease_until',
  'document',
] as const;
type Row = Omit<ExperimentRow, 'search' | 'holder'>;

/**
 * What is small is read in one transaction. A large one is read in several, between which the process has its turn, and so do
 * others who wait for the store.
 */
async function find(transact: Transact, id: string): Promise<StoredExperiment | null> {
  const begun = await transact(async (db) => {
    const head = await findHead(db, id);
    if (!head) return null;
    const [first = [], ...turns] = turnsOf(await findSizes(db, id));
    return { head, turns, documents: await findDocuments(db, id, first) };
  });
  if (!begun) return null;
  const read = ({ document }: RunDocument) => readRun(document);
  const runs = begun.documents.map(read);
  for (const turn of begun.turns) {
    await nextTurn();
    runs.push(...(await transact((db) => findDocuments(db, id, turn))).map(read));
  }
  // It may have been removed meanwhile.
  return begun.turns.length === 0 || (await transact((db) => findHead(db, id))) ? { ...begun.head, runs } : null;
}

async function findSizes(db: Queries, id: string): Promise<RunSize[]> {
  const bytes = sql<number>`octet_length(document)`.as('bytes');
  return await db.selectFrom('runs').select(['run', bytes]).where('experiment_id', '=', id).orderBy('run').execute();
}

async function findDocuments(db: Queries, id: string, runs: readonly number[]): Promise<RunDocument[]> {
  if (runs.length === 0) return [];
  return await db
    .selectFrom('runs')
    .select(['run', 'document'])
    .where('experiment_id', '=', id)
    .where('run', 'in', runs)
    .orderBy('run')
    .execute();
}

async function findHead(db: Queries, id: string): Promise<StoredHead | null> {
  const row = await db.selectFrom('experiments').select(columns).where('id', '=', id).executeTakeFirst();
  return row ? readHead(row) : null;
}

async function list(db: Queries, { owner, search, after, limit }: ListQuery): Promise<Page> {
  const start = after === null ? null : readCursor(after);
  if (start === undefined) return { experiments: [], next: null };
  const rows = await db
    .selectFrom('experiments')
    .select(columns)
    .where('owner', '=', owner)
    .$if(search !== '', (query) => query.where(sql<boolean>`search like ${likePattern(search)} escape '!'`))
    .$if(start !== null, (query) =>
      query.where((row) =>
        row.or([
          row('created_at', '<', start?.createdAt ?? 0),
          row.and([row('created_at', '=', start?.createdAt ?? 0), row('id', '>', start?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    experiments: readable(page, readHead),
    next: rows.length > limit && last ? `${last.created_at}-${last.id}` : null,
  };
}

/** The experiment after which a page begins; undefined if the text is not the `next` of a page. */
function readCursor(text: string): { createdAt: number; id: string } | undefined {
  const [, createdAt, id] = text.match(/^(\d{1,15})-(.+)$/s) ?? [];
  return createdAt && id ? { createdAt: Number(createdAt), id: harmless(id) } : undefined;
}

const likePattern = (search: string): string => `%${foldCase(search).replace(/[!%_]/g, '!$&')}%`;

async function listReplays(
  db: Queries,
  owner: string,
  hash: string,
  limit: number,
  bytes: number,
): Promise<StoredHead[]> {
  const rows = await db
    .selectFrom('experiments')
    .select(columns)
    .where('owner', '=', owner)
    .where('recipe_hash', '=', hash)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const sizes = await sizesOf(db, rows);
  let size = 0;
  const fitting = rows.filter((row, at) => {
    size += sizes.get(row.id) ?? 0;
    return at === 0 || size <= bytes;
  });
  return readable(fitting.reverse(), readHead);
}

/** How many bytes the documents of all runs of these experiments have. */
async function sizesOf(db: Queries, rows: readonly Row[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const sizes = await db
    .selectFrom('runs')
    .select(['experiment_id', sql<number>`cast(sum(octet_length(document)) as bigint)`.as('bytes')])
    .where('experiment_id', 'in', ids)
    .groupBy('experiment_id')
    .execute();
  return new Map(sizes.map(({ experiment_id, bytes }) => [experiment_id, bytes]));
}

/** What is read of these rows. One that cannot be read is left out, so that it does not hide the others. */
function readable<T>(rows: readonly Row[], read: (row: Row) => T): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (error instanceof DocumentError) return [];
      throw error;
    }
  });
}

async function rename(db: Queries, id: string, title: string | null): Promise<void> {
  const row = await db.selectFrom('experiments').select('document').where('id', '=', id).executeTakeFirst();
  if (!row) return;
  const change = { title: writeTitle(title), search: searchable(title, readRecipe(row.document)) };
  await db.updateTable('experiments').set(change).where('id', '=', id).execute();
}

async function share(db: Queries, id: string, at: number, hash: string, preview: Uint8Array): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('experiments')
    .set({ shared_at: at, delete_hash: hash })
    .where('id', '=', id)
    .where('shared_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const png = Buffer.from(preview).toString('base64');
  await db.insertInto('previews').values({ experiment_id: id, png }).execute();
  return true;
}

async function findPreview(db: Queries, id: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('previews').select('png').where('experiment_id', '=', id).executeTakeFirst();
  return row ? Uint8Array.from(Buffer.from(row.png, 'base64')) : null;
}

async function remove(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('experiments').where('id', '=', id).execute();
  await db.deleteFrom('uses').where('entry', '=', id).execute();
}

async function claim(db: Queries, { holder }: Engine, id: string, now: number, until: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('experiments')
    .set({ lease_until: until, holder })
    .where('id', '=', id)
    .where('lease_until', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function holds(db: Queries, { holder }: Engine, id: string): Promise<boolean> {
  const held = db.selectFrom('experiments').select('id').where('id', '=', id).where('holder', '=', holder);
  return (await held.executeTakeFirst()) !== undefined;
}

async function renew(db: Queries, { holder }: Engine, ids: readonly string[], until: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const renewed = db.updateTable('experiments').set({ lease_until: until }).where('id', 'in', ids);
  const rows = await renewed.where('holder', '=', holder).returning('id').execute();
  const held = rows.map(({ id }) => id);
  if (held.length === 0) return [];
  if (until > 0) await db.updateTable('uses').set({ until }).where('entry', 'in', held).execute();
  else await db.deleteFrom('uses').where('entry', 'in', held).execute();
  return held;
}

async function purge(db: Queries, { unshared, shared }: Expiry, now: number, limit: number): Promise<number> {
  await db.deleteFrom('uses').where('until', '<=', now).execute();
  const made = unshared === null ? 0 : await purgeBy(db, 'created_at', unshared, now, limit);
  return made + (shared === null || made === limit ? 0 : await purgeBy(db, 'shared_at', shared, now, limit - made));
}

/** Removes unshared experiments by when they were made, or shared ones by when they were shared. */
async function purgeBy(
  db: Queries,
  by: 'created_at' | 'shared_at',
  before: number,
  now: number,
  limit: number,
): Promise<number> {
  const isOf = by === 'created_at' ? ('is' as const) : ('is not' as const);
  const old = db
    .selectFrom('experiments')
    .select('id')
    .where('shared_at', isOf, null)
    .where(by, '<', before)
    .where('lease_until', '<=', now)
    .orderBy(by)
    .limit(limit);
  const { numDeletedRows } = await db
    .deleteFrom('experiments')
    .where('id', 'in', old)
    // Checked again: another process may have shared or claimed one since it was selected.
    .where('shared_at', isOf, null)
    .where('lease_until', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Ends the transaction in which a counter has come to more than its limit. */
class Exceeded extends Error {
  constructor(
    readonly use: Use,
    readonly spent: Spent,
  ) {
    super('There is not so much left.');
  }
}

function whatIsExceeded(error: unknown): Pick<Exceeded, 'use' | 'spent'> {
  if (error instanceof Exceeded) return { use: error.use, spent: error.spent };
  throw error;
}

async function spend(db: Queries, uses: readonly Use[], now: number): Promise<null> {
  if (uses.length === 0) return null;
  // In one order for all, so that no two wait for each other. The first that two have in common keeps the later one waiting.
  const sorted = uses.toSorted((a, b) => (a.counter < b.counter ? -1 : 1));
  await db
    .insertInto('uses')
    .values(sorted.map(({ counter, entry, amount, until }) => ({ counter, entry, amount, until })))
    .onConflict((conflict) =>
      conflict.columns(['counter', 'entry']).doUpdateSet((row) => ({
        amount: sql<number>`uses.amount + excluded.amount`,
        until: row.ref('excluded.until'),
      })),
    )
    .execute();
  const spent = new Map(
    (
      await spentOf(
        db,
        sorted.map(({ counter }) => counter),
        now,
      )
    ).map((each) => [each.counter, each]),
  );
  const exceeded = uses.flatMap((use) => {
    const { amount, until } = spent.get(use.counter) ?? use;
    return amount > use.limit ? [new Exceeded(use, { counter: use.counter, amount: amount - use.amount, until })] : [];
  });
  const [last] = exceeded.toSorted((a, b) => roomAgainAt(b) - roomAgainAt(a));
  if (last) throw last;
  return null;
}

/** When there may be room for it again; never for what is more than the limit by itself. */
const roomAgainAt = ({ use, spent }: Exceeded): number =>
  use.amount > use.limit ? Number.MAX_SAFE_INTEGER : spent.until;

async function settle(db: Queries, changes: readonly Pick<Use, 'counter' | 'entry' | 'amount'>[]): Promise<void> {
  for (const { counter, entry, amount } of changes.toSorted((a, b) => (a.counter < b.counter ? -1 : 1)))
    await db
      .updateTable('uses')
      .set({ amount: sql<number>`case when amount + ${amount} < 0 then 0 else amount + ${amount} end` })
      .where('counter', '=', counter)
      .where('entry', '=', entry)
      .execute();
}

async function spentOf(db: Queries, counters: readonly string[], now: number): Promise<Spent[]> {
  if (counters.length === 0) return [];
  return await db
    .selectFrom('uses')
    .select(['counter', sql<number>`cast(sum(amount) as bigint)`.as('amount'), sql<number>`min(until)`.as('until')])
    .where('counter', 'in', counters)
    .where('until', '>', now)
    .groupBy('counter')
    .execute();
}

async function knows(db: Queries, owner: string): Promise<boolean> {
  const row = await db.selectFrom('experiments').select('id').where('owner', '=', owner).limit(1).executeTakeFirst();
  return row !== undefined;
}

async function secret(db: Queries, name: string): Promise<string> {
  const read = () => db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst();
  const known = await read();
  if (known) return known.value;
  const value = randomBytes(32).toString('base64url');
  const made = db.insertInto('secrets').values({ name, value });
  await made.onConflict((conflict) => conflict.column('name').doNothing()).execute();
  return (await read())?.value ?? value;
}

/** As many entries as are kept: whoever may name any model could otherwise fill a disk with them. */
const maxCapabilities = 5000;

async function learn(db: Queries, server: string, seen: readonly Capability[]): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map((capability) => ({
    server,
    model: JSON.stringify(capability.model),
    parameter: capability.parameter,
    seen_at: capability.at,
    document: writeCapability(capability),
  }));
  await db
    .insertInto('capabilities')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['server', 'model', 'parameter'])
        .doUpdateSet((row) => ({ seen_at: row.ref('excluded.seen_at'), document: row.ref('excluded.document') }))
        .whereRef('excluded.seen_at', '>=', 'capabilities.seen_at'),
    )
    .execute();
  const oldest = db
    .selectFrom('capabilities')
    .select('seen_at')
    .orderBy('seen_at', 'desc')
    .offset(maxCapabilities)
    .limit(1);
  await db.deleteFrom('capabilities').where('seen_at', '<=', oldest).execute();
}

async function capabilities(db: Queries, server: string): Promise<Capability[]> {
  const rows = await db
    .selectFrom('capabilities')
    .select('document')
    .where('server', '=', server)
    .orderBy('model')
    .orderBy('parameter')
    .execute();
  return rows.flatMap(({ document }) => readCapability(document) ?? []);
}

/** Writes as `create` does and removes it again: reading alone would not notice a full disk or a read-only server. */
async function writeAndRemove(db: Queries): Promise<void> {
  const id = `check ${randomUUID()}`;
  const nothing = { id, owner: '', recipe_hash: '', created_at: 0, origin: 'run', lease_until: 0, search: '' };
  await db
    .insertInto('experiments')
    .values({ ...nothing, document: 'null' })
    .execute();
  await db.deleteFrom('experiments').where('id', '=', id).execute();
}
