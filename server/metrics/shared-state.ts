import type { ImportCounts } from '../../shared/report/import-counts.ts'
import { NO_ROWS } from '../../shared/report/import-counts.ts'
import type { Queryable } from '../database/engine/database.ts'
import { MOST_ENVIRONMENTS } from './heap-metrics.ts'

/** Syncs with a series of their own; there are thousands when people send Looks by hand. */
export const MOST_SYNCS = 100

/** What the database says of the work of all processes. */
export type SharedState = {
  imports: { reading: number; sending: number }
  /** Rows of imports that began in the last 24 hours. */
  rows: ImportCounts
  waiting: {
    batches: number
    rows: number
    /** Compressed, as they are stored. */
    bytes: number
    /** Age of the oldest batch, in seconds; 0: none waits. */
    oldestSeconds: number
  }
  /** When a sync last ended well, in seconds since 1970, of the syncs with the newest deliveries. */
  successes: { sync: number; at: number }[]
  /** For how long Heap has turned away every request, in seconds. */
  denials: { environmentId: string; seconds: number }[]
}

/**
 * Reads it by indexes: open imports and waiting batches have partial ones, and the imports of a day are found by
 * the time of their beginning, however many are kept.
 */
export async function readSharedState(database: Queryable): Promise<SharedState> {
  const [[imports], [rows], [waiting], successes, denials] = await Promise.all([
    database.query<SharedState['imports']>(
      `select count(*) filter (where state = 'reading')::int as reading,
         count(*) filter (where state <> 'reading')::int as sending
       from imports where state <> 'finished'`,
    ),
    database.query<ImportCounts>(
      `select coalesce(sum(received), 0)::float8 as received, coalesce(sum(delivered), 0)::float8 as delivered,
         coalesce(sum(rejected), 0)::float8 as rejected, coalesce(sum(skipped), 0)::float8 as skipped,
         coalesce(sum(superseded), 0)::float8 as superseded,
         coalesce(sum(unchanged), 0)::float8 as unchanged
       from imports where started_at > now() - interval '24 hours'`,
    ),
    database.query<SharedState['waiting']>(
      `select count(*)::int as batches, coalesce(sum(entities), 0)::float8 as rows,
         coalesce(sum(octet_length(payload)), 0)::float8 as bytes,
         coalesce(extract(epoch from now() - min(stored_at)), 0)::float8 as "oldestSeconds"
       from batches where state <> 'done'`,
    ),
    database.query<SharedState['successes'][number]>(
      `select id as sync, extract(epoch from last_success_at)::float8 as at from (
         select id, last_success_at from syncs order by last_import_at desc limit $1
       ) newest where last_success_at is not null`,
      [MOST_SYNCS],
    ),
    database.query<SharedState['denials'][number]>(
      `select environment_id as "environmentId", extract(epoch from now() - since)::float8 as seconds
       from heap_denials order by since limit $1`,
      [MOST_ENVIRONMENTS],
    ),
  ])
  return {
    imports: imports ?? { reading: 0, sending: 0 },
    rows: rows ?? NO_ROWS,
    waiting: waiting ?? { batches: 0, rows: 0, bytes: 0, oldestSeconds: 0 },
    successes,
    denials,
  }
}
