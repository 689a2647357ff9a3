import { randomBytes } from 'node:crypto'
import type { Comparison } from '../../../shared/api/comparison.ts'
import type { Database } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'
import { payloadForm } from '../engine/payload-form.ts'
import { storableJson, storableText } from '../engine/storable-text.ts'
import type { LastDelivery } from './known/last-delivery.ts'
import { LAST_DELIVERY } from './known/last-delivery.ts'
import { storedKey } from './rejected-rows.ts'
import type { SyncCaller } from './sync-repository.ts'
import { syncsOfRef } from './sync-repository.ts'

/** Two keys of HalfSipHash. */
const KEY_BYTES = 16

/** Parts that are stored in one statement: at most some megabytes. */
const PARTS_AT_ONCE = 32

/** Sets of dry runs that are kept of a sync: of the Look, and of one that it is compared with. */
const DRY_SETS = 2

/** The fingerprints that are kept of an import. */
export type KnownSet = { id: number; rows: number; parts: number }

/** The newest whole delivery of syncs. */
export type NewestDelivery = KnownSet & {
  at: Date
  isFinished: boolean
  /** Rows of it were rejected, and it is not known any more which. */
  isForgotten: boolean
}

/** The newest row of a key that was rejected. */
export type RejectedKey = {
  key: string
  importId: number
  rowNumber: number
  reason: string
  /** When that import began. */
  at: Date
  /** The newest import by which its rows were tried again: it was not interrupted, and all of them are decided. */
  retriedAs: number | null
}

/** Imports of a sync in whose rejected rows a key is looked up when no whole delivery of it is known. */
const LOOKED_UP_IMPORTS = 20

/** The same since its last whole delivery, besides that one. */
const LOOKED_UP_SINCE = 500

/** SQL: takes away the sets of a sync's imports before `own`: of dry runs all but the newest ones. */
const OTHERS_DROPPED = `others as (
   select imports.id from imports join own on imports.sync_key = own.sync_key and imports.id < own.id
   where imports.known_rows is not null and (
     (own.target_key is not null and imports.target_key is not null)
     or (own.target_key is null and imports.target_key is null and imports.id not in (
       select dry.id from imports dry
       where dry.sync_key = own.sync_key and dry.id < own.id and dry.target_key is null
         and dry.known_rows is not null order by dry.id desc limit ${DRY_SETS - 1}
     )))
 ),
 dropped as (delete from known_rows using others where import_id = others.id)
 update imports set known_rows = null, known_parts = null from others where imports.id = others.id`

export type KnownRepository = ReturnType<typeof createKnownRepository>

/** Fingerprints of the rows of imports, by which it is known what a delivery changes. */
export function createKnownRepository(database: Database) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  const form = payloadForm(database)
  let hashKey: Promise<Int32Array> | undefined

  async function readHashKey(): Promise<Int32Array> {
    const fresh = form.write(randomBytes(KEY_BYTES))
    await database.query(
      `insert into known_rows_key (key) values (${form.parameter('$1')}) on conflict do nothing`,
      [fresh],
    )
    const [row] = await database.query<{ key: string | Uint8Array }>(
      `select ${form.column('key')} as key from known_rows_key`,
    )
    if (!row) throw new Error('the fingerprints have no key')
    return toWords(form.read(row.key))
  }

  /** @throws Error when some have been deleted meanwhile */
  async function parts({ id }: Pick<KnownSet, 'id'>, from: number, to: number): Promise<Int32Array[]> {
    const rows = await patient(() =>
      database.query<{ hashes: string | Uint8Array }>(
        `select ${form.column('hashes')} as hashes from known_rows
         where import_id = $1 and part >= $2 and part < $3 order by part`,
        [id, from, to],
      ),
    )
    if (rows.length !== to - from) throw new Error(`the fingerprints of import ${id} are gone`)
    return rows.map(({ hashes }) => toWords(form.read(hashes)))
  }

  return {
    /** By which all fingerprints of the database are made: four words. */
    hashKey(): Promise<Int32Array> {
      hashKey ??= patient(readHashKey).catch((error: unknown) => {
        hashKey = undefined
        throw error
      })
      return hashKey
    },

    /** @param heapUrl base URL of the Heap that the import is for */
    async last(importId: number, heapUrl: string): Promise<LastDelivery | undefined> {
      const lineage = await patient(database.lineage)
      const [row] = await patient(() =>
        database.query<LastDelivery>(LAST_DELIVERY, [importId, heapUrl, lineage]),
      )
      return row
    },

    /** The set of an import that was read to its end. */
    async find(importId: number): Promise<KnownSet | undefined> {
      const [row] = await database.query<KnownSet>(
        `select id, known_rows as rows, known_parts as parts from imports
         where id = $1 and known_rows is not null and complete`,
        [importId],
      )
      return row
    },

    parts,

    /** Join keys of rows that were to be sent and were not taken by Heap. */
    async rejectedKeys(importId: number, most: number): Promise<string[]> {
      const rows = await patient(() =>
        database.query<{ key: string }>(
          `select join_key as key from rejected_rows
           where import_id = $1 and reason not like 'join\\_key\\_%' and join_key is not null limit $2`,
          [importId, most],
        ),
      )
      return rows.map(({ key }) => key)
    },

    /** Keeps the fingerprints of an import, and no longer those of the sync's earlier ones. */
    async keep(
      importId: number,
      words: readonly Int32Array<ArrayBuffer>[],
      facts: { rows: number; changedRun: number; comparison: Comparison | null; heapUrl: string },
    ): Promise<void> {
      for (let from = 0; from < words.length; from += PARTS_AT_ONCE) {
        const some = words.slice(from, from + PARTS_AT_ONCE)
        const values = some.map(
          (_, index) => `($1, $${2 * index + 2}, ${form.parameter(`$${2 * index + 3}`)})`,
        )
        await patient(() =>
          database.query(
            `insert into known_rows (import_id, part, hashes) values ${values.join(', ')} on conflict do nothing`,
            [
              importId,
              ...some.flatMap((part, index) => [from + index, form.write(new Uint8Array(part.buffer))]),
            ],
          ),
        )
      }
      const { rows, changedRun, comparison, heapUrl } = facts
      const lineage = await patient(database.lineage)
      await patient(() =>
        database.query(
          `with own as (
             update imports set known_rows = $2, known_parts = $3, changed_run = $4, comparison = $5::jsonb,
               heap_url = $6, known_lineage = $7
             where id = $1 returning id, sync_key, target_key
           ),
           ${OTHERS_DROPPED}`,
          [
            importId,
            rows,
            words.length,
            changedRun,
            comparison && storableJson(comparison),
            storableText(heapUrl),
            lineage,
          ],
        ),
      )
    },

    /** Of an import whose own fingerprints are not kept: those of the sync's earlier ones tell nothing any more. */
    async dropEarlier(importId: number): Promise<void> {
      await patient(() =>
        database.query(
          `with own as (select id, sync_key, target_key from imports where id = $1), ${OTHERS_DROPPED}`,
          [importId],
        ),
      )
    },

    /** No delivery counts as known any more. @returns of how many imports fingerprints were kept */
    async dropAll(): Promise<number> {
      return database.transaction(async (transaction) => {
        const rows = await transaction.query(
          'update imports set known_rows = null, known_parts = null where known_rows is not null returning id',
        )
        await transaction.query('delete from known_rows')
        return rows.length
      })
    },

    /** The syncs that a caller means by a sync_id. */
    async syncsOf({ connectionId, origin }: SyncCaller, syncId: string): Promise<number[]> {
      const rows = await database.query<{ id: number }>(syncsOfRef('$3', 'null'), [
        connectionId,
        storableText(origin),
        syncId,
      ])
      return rows.map(({ id }) => id)
    },

    /** Undefined: there is none, or its fingerprints are not kept; those of older ones would tell what is past. */
    async newest(syncs: readonly number[]): Promise<NewestDelivery | undefined> {
      const [row] = await database.query<NewestDelivery>(
        `select id, known_rows as rows, known_parts as parts, started_at as at, state = 'finished' as "isFinished",
           rejected > 0 and not exists (select from rejected_rows where import_id = id) as "isForgotten"
         from imports where known_rows is not null and id = (
           select id from imports
           where sync = any($1::int[]) and complete and target_key is not null and retry_of is null
           order by id desc limit 1
         )`,
        [[...syncs]],
      )
      return row
    },

    /**
     * Of these keys those that were rejected in the last imports of syncs, dry runs and tests apart.
     *
     * @param since the last whole delivery, which is one of them; null: none is known
     */
    rejectedAs: (
      syncs: readonly number[],
      keys: readonly string[],
      since: number | null,
    ): Promise<RejectedKey[]> =>
      database.query<RejectedKey>(
        `select distinct on (join_key) join_key as key, import_id as "importId", row_number as "rowNumber", reason,
           started_at as at,
           (select max(id) from imports retry
            where retry.retry_of = import_id and retry.state = 'finished' and retry.failure is null) as "retriedAs"
         from (
           (select id, started_at from imports
            where sync = any($1::int[]) and target_key is not null and settings ->> 'testRows' is null
              and id > coalesce($3::int, 0)
            order by id desc limit ${since === null ? LOOKED_UP_IMPORTS : LOOKED_UP_SINCE})
           union all select id, started_at from imports where id = $3::int
         ) recent
         join rejection_counts counts on counts.import_id = recent.id
         join rejected_rows using (import_id, reason)
         where join_key collate "C" = any($2::text[])
         order by join_key, import_id desc, row_number`,
        [[...syncs], keys.map(storedKey), since],
      ),

    /** Numbers of the rows that are kept of an import for another try, as ranges. */
    async keptRows(importId: number): Promise<string[]> {
      const rows = await database.query<{ ranges: string }>(
        'select row_ranges as ranges from kept_lines where import_id = $1',
        [importId],
      )
      return rows.map(({ ranges }) => ranges)
    },

    /** Sets of a connection in which a join key may be. */
    setsOf: (connectionId: number): Promise<KnownSet[]> =>
      patient(() =>
        database.query<KnownSet>(
          `select id, known_rows as rows, known_parts as parts from imports
           where connection_id = $1 and known_rows is not null order by id`,
          [connectionId],
        ),
      ),

    /**
     * Takes a fingerprint off a part; others who do that at the same time wait.
     *
     * @param without what is left of a part; null: all of it
     * @returns false: there was none, or the set is gone
     */
    shrink(
      { id }: KnownSet,
      part: number,
      without: (words: Int32Array) => Int32Array<ArrayBuffer> | null,
    ): Promise<boolean> {
      return patient(() =>
        database.transaction(async (transaction) => {
          const [row] = await transaction.query<{ hashes: string | Uint8Array }>(
            `select ${form.column('hashes')} as hashes from known_rows where import_id = $1 and part = $2 for update`,
            [id, part],
          )
          const others = row ? without(toWords(form.read(row.hashes))) : null
          if (others === null) return false
          await transaction.query(
            `update known_rows set hashes = ${form.parameter('$3')} where import_id = $1 and part = $2`,
            [id, part, form.write(new Uint8Array(others.buffer))],
          )
          return true
        }),
      )
    },
  }
}

function toWords(bytes: Uint8Array): Int32Array<ArrayBuffer> {
  return new Int32Array(Uint8Array.from(bytes).buffer)
}
