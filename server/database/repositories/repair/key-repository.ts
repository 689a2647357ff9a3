import type { Database, Transaction } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { payloadForm } from '../../engine/payload-form.ts'
import { sharesKeys } from '../import-scope.ts'
import { lockImports } from '../lock-imports.ts'
import type { KeptGroup } from './kept-lines.ts'

/** Hashes of the join keys of an import, and what they were made with. */
export type StoredKeys = { hashKey: Uint8Array; parts: readonly Uint8Array[] }

/** An import that came after another one and may have brought the same keys. */
export type LaterImport = {
  id: number
  isReading: boolean
  /** It waits for somebody to decide: what it has brought is not accepted yet. */
  isHeld: boolean
  /** Null: which keys it brought is not known. `stored`: it is written down. `settled`: nobody needs to know any more. */
  keys: 'stored' | 'settled' | null
}

/** What is left of a group of kept lines; null: nothing. */
export type RemainingLines = Omit<KeptGroup, 'importId' | 'number'> | null

/** Most bytes of written hashes, of all imports together: some 25 million keys. */
const MAX_KEY_BYTES = 256 * 1024 ** 2

export type KeyRepository = ReturnType<typeof createKeyRepository>

/** Which keys later imports brought, so that an older row that is tried again never replaces a newer one. */
export function createKeyRepository(database: Database, maxBytes = MAX_KEY_BYTES) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  const form = payloadForm(database)

  return {
    /**
     * Writes down that nobody needs to know which keys an import has brought, unless an older one has rows that can
     * be tried again, or may come to have some.
     *
     * @returns false when somebody does
     */
    async settle(importId: number): Promise<boolean> {
      const [row] = await patient(() =>
        database.query<{ settled: boolean }>(
          `update imports own set keys_told = not exists (
             select 1 from imports older where ${sharesKeys('older', 'own')} and older.state <> 'finished'
           ) and not exists (
             select 1 from imports older where ${sharesKeys('older', 'own')}
               and older.id in (select import_id from kept_lines)
           ) where own.id = $1 returning keys_told as settled`,
          [importId],
        ),
      )
      return row?.settled ?? true
    },

    /** Writes down which keys an import has brought, while there is room; null: it has brought none. */
    tell(importId: number, keys: StoredKeys | null): Promise<void> {
      return patient(() =>
        database.transaction(async (transaction) => {
          await lockImports(transaction, [importId])
          if (keys && !(await storeKeys(transaction, importId, keys))) return
          await transaction.query('update imports set keys_told = true where id = $1', [importId])
        }),
      )
    },

    /** The imports that came after one and may have brought its keys, oldest first; those without rows are none. */
    later: (importId: number) => patient(() => findLater(database, importId)),

    /** The hashes that stand in one part of the keys of an import, packed. */
    async part(importId: number, part: number): Promise<Uint8Array | undefined> {
      const [row] = await patient(() =>
        database.query<{ hashes: string | Uint8Array }>(
          `select ${form.column('hashes')} as hashes from import_keys where import_id = $1 and part = $2`,
          [importId, part],
        ),
      )
      return row && form.read(row.hashes)
    },

    async hashKey(importId: number): Promise<Uint8Array | undefined> {
      const [row] = await patient(() =>
        database.query<{ key: string | Uint8Array }>(
          `select ${form.column('hash_key')} as key from import_keys where import_id = $1 order by part limit 1`,
          [importId],
        ),
      )
      return row && form.read(row.key)
    },

    /** Groups of kept lines of an import after one, in order. */
    async keptGroups(importId: number, after: number, most: number): Promise<KeptGroup[]> {
      const rows = await patient(() =>
        database.query<Omit<KeptGroup, 'payload'> & { payload: string | Uint8Array }>(
          `select import_id as "importId", number, entities, row_ranges as "rowRanges",
             ${form.column('payload')} as payload
           from kept_lines where import_id = $1 and number > $2 order by number limit $3`,
          [importId, after, most],
        ),
      )
      return rows.map((row) => ({ ...row, payload: form.read(row.payload) }))
    },

    /**
     * Takes lines out of groups that are still as they were read.
     *
     * @param isCarried a later import has brought their keys; else they are erased
     * @returns whether all of them were: else others have changed some meanwhile, and they have to be read again
     */
    shrink(
      changes: readonly { group: KeptGroup; remaining: RemainingLines }[],
      isCarried: boolean,
    ): Promise<boolean> {
      return patient(() =>
        database.transaction(async (transaction) => {
          await lockImports(
            transaction,
            changes.map(({ group }) => group.importId),
          )
          let areAll = true
          for (const change of changes) areAll = (await shrinkGroup(transaction, change, isCarried)) && areAll
          return areAll
        }),
      )
    },

    /** Imports whose keys are written down although no older one is under way, and the older ones with kept lines. */
    settled(): Promise<{ id: number; older: number[] }[]> {
      return database.query(
        `select own.id, coalesce((
           select json_agg(older.id) from imports older
           where ${sharesKeys('older', 'own')} and older.id in (select import_id from kept_lines)
         ), '[]') as older
         from imports own
         where own.id in (select import_id from import_keys) and own.state <> 'reading'
           and (own.held_because is null or own.state = 'finished')
           and not exists (
             select 1 from imports older where ${sharesKeys('older', 'own')} and older.state <> 'finished'
           )
         order by own.id`,
      )
    },

    async drop(importId: number): Promise<void> {
      await database.query('delete from import_keys where import_id = $1', [importId])
    },
  }

  async function storeKeys(transaction: Transaction, importId: number, keys: StoredKeys): Promise<boolean> {
    const [row] = await transaction.query<{ bytes: number }>(
      'select coalesce(sum(bytes), 0)::float8 as bytes from import_keys where import_id <> $1',
      [importId],
    )
    const bytes = keys.parts.reduce((sum, { length }) => sum + length, 0)
    if ((row?.bytes ?? 0) + bytes > maxBytes) return false
    for (const [part, hashes] of keys.parts.entries()) {
      await transaction.query(
        `insert into import_keys (import_id, part, hash_key, hashes, bytes)
         values ($1, $2, ${form.parameter('$3')}, ${form.parameter('$4')}, $5) on conflict do nothing`,
        [importId, part, form.write(keys.hashKey), form.write(hashes), hashes.length],
      )
    }
    return true
  }

  async function shrinkGroup(
    transaction: Transaction,
    { group, remaining }: { group: KeptGroup; remaining: RemainingLines },
    isCarried: boolean,
  ): Promise<boolean> {
    const { importId, number, entities } = group
    const where = 'where import_id = $1 and number = $2 and entities = $3 returning number'
    const rows =
      remaining === null
        ? await transaction.query(`delete from kept_lines ${where}`, [importId, number, entities])
        : await transaction.query(
            `update kept_lines set entities = $4, row_ranges = $5, payload = ${form.parameter('$6')}, bytes = $7
             ${where}`,
            [
              importId,
              number,
              entities,
              remaining.entities,
              remaining.rowRanges,
              form.write(remaining.payload),
              remaining.payload.length,
            ],
          )
    if (rows.length === 0) return false
    if (!isCarried) return true
    const carried = entities - (remaining?.entities ?? 0)
    await transaction.query('update imports set carried = carried + $2 where id = $1', [importId, carried])
    return true
  }
}

/** See `later`; inside a transaction as well. */
export function findLater(database: Pick<Database, 'query'>, importId: number): Promise<LaterImport[]> {
  return database.query<LaterImport>(
    `select newer.id, newer.state = 'reading' as "isReading",
       newer.state <> 'finished' and newer.held_because is not null as "isHeld",
       case when not newer.keys_told then null
         when exists (select 1 from import_keys where import_id = newer.id) then 'stored' else 'settled' end as keys
     from imports older join imports newer on newer.id in (
       select id from imports where sync_key = older.sync_key and id > older.id
       union select id from imports where source_key = older.source_key and id > older.id
     )
     where older.id = $1 and ${sharesKeys('older', 'newer')}
       and (newer.state = 'reading' or newer.received > newer.skipped)
     order by newer.id`,
    [importId],
  )
}
