import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { type Store, StoreError } from './store';

/*
 * The tables, version by version. A released version is never edited: a change is a new entry, and what older versions
 * wrote stays readable (see __fixtures__).
 */

/** Brings a database to the newest version. Several processes may do so at once. */
export async function migrate<DB>(db: Kysely<DB>, engine: Store['engine']): Promise<void> {
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrationsOf(engine) },
    migrationTableName: 'seedbed_migrations',
    migrationLockTableName: 'seedbed_migration_lock',
  }).migrateToLatest();
  if (!error) return;
  const newer = error instanceof Error && /previously executed migration .* is missing/.test(error.message);
  throw newer ? new StoreError('failed', 'A newer version of Seedbed has changed this database.', error) : error;
}

function migrationsOf(engine: Store['engine']): Record<string, Migration> {
  const sqlite = engine === 'sqlite';
  const types: Types = {
    // Ids are ordered by their bytes, so that a list has the same pages on every server.
    id: sqlite ? sql`text` : sql`text collate "C"`,
    time: sqlite ? 'integer' : 'bigint',
    strict: sqlite ? sql`strict` : sql``,
  };
  return {
    '0001': { up: (db) => makeExperiments(db, types) },
    '0002': { up: (db) => makeSecrets(db, types) },
    '0003': { up: addHolders },
    '0004': { up: (db) => makeCapabilities(db, types) },
    '0005': { up: (db) => makeUses(db, types) },
  };
}

/** What the engines call differently; `strict` ends the making of a table. */
type Types = { id: RawBuilder<unknown>; time: 'integer' | 'bigint'; strict: RawBuilder<unknown> };

async function makeExperiments(db: Kysely<unknown>, { id, time, strict }: Types): Promise<void> {
  await db.schema
    .createTable('experiments')
    .addColumn('id', id, (column) => column.primaryKey().notNull())
    .addColumn('owner', id, (column) => column.notNull())
    .addColumn('recipe_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', time, (column) => column.notNull())
    .addColumn('shared_at', time)
    .addColumn('delete_hash', 'text')
    .addColumn('parent', id)
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('lease_until', time, (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('runs')
    .addColumn('experiment_id', id, (column) => column.notNull().references('experiments.id').onDelete('cascade'))
    .addColumn('run', 'integer', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('runs_key', ['experiment_id', 'run'])
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('previews')
    .addColumn('experiment_id', id, (column) =>
      column.primaryKey().notNull().references('experiments.id').onDelete('cascade'),
    )
    .addColumn('png', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('experiments_listed')
    .on('experiments')
    .columns(['owner', 'created_at desc', 'id'])
    .execute();
  await db.schema
    .createIndex('experiments_replayed')
    .on('experiments')
    .columns(['owner', 'recipe_hash', 'created_at desc'])
    .execute();
  await db.schema
    .createIndex('experiments_unshared')
    .on('experiments')
    .column('created_at')
    .where(sql.ref('shared_at'), 'is', null)
    .execute();
}

async function makeSecrets(db: Kysely<unknown>, { strict }: Types): Promise<void> {
  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute();
}

async function addHolders(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('experiments').addColumn('holder', 'text').execute();
}

async function makeCapabilities(db: Kysely<unknown>, { id, time, strict }: Types): Promise<void> {
  await db.schema
    .createTable('capabilities')
    .addColumn('server', id, (column) => column.notNull())
    .addColumn('model', id, (column) => column.notNull())
    .addColumn('parameter', id, (column) => column.notNull())
    .addColumn('seen_at', time, (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('capabilities_key', ['server', 'model', 'parameter'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('capabilities_seen').on('capabilities').column('seen_at').execute();
}

async function makeUses(db: Kysely<unknown>, { id, time, strict }: Types): Promise<void> {
  await db.schema
    .createTable('uses')
    .addColumn('counter', id, (column) => column.notNull())
    .addColumn('entry', id, (column) => column.notNull())
    .addColumn('amount', time, (column) => column.notNull())
    .addColumn('until', time, (column) => column.notNull())
    .addPrimaryKeyConstraint('uses_key', ['counter', 'entry'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('uses_of_entry').on('uses').column('entry').execute();
  await db.schema.createIndex('uses_until').on('uses').column('until').execute();
}
