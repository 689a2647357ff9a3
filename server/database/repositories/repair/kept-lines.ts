import type { Database, Queryable, Transaction } from '../../engine/database.ts'
import { payloadForm } from '../../engine/payload-form.ts'
import { countKept } from './kept-bytes.ts'

/** Lines of rejected rows that can be tried again, as batches have them. */
export type KeptLines = { importId: number; entities: number; rowRanges: string; payload: Uint8Array }

/** A group of kept lines as it is stored. */
export type KeptGroup = KeptLines & { number: number }

/**
 * Most bytes of kept lines, of all imports together: some 12 million rows of 8 columns. It can be exceeded by what
 * other processes keep within `COUNT_AGAIN_MS`.
 */
export const MAX_KEPT_BYTES = 1024 ** 3

/**
 * Keeps the lines of rejected rows for another try, while there is room for them. The caller has locked their
 * imports.
 */
export async function keepLines(
  transaction: Transaction,
  database: Database,
  groups: readonly KeptLines[],
  maxBytes = MAX_KEPT_BYTES,
): Promise<void> {
  if (groups.length === 0) return
  const form = payloadForm(database)
  const kept = await countKept(transaction, database)
  const unkept: KeptLines[] = []
  for (const group of groups) {
    const { importId, entities, rowRanges, payload } = group
    if (kept.bytes + payload.length > maxBytes) {
      unkept.push(group)
      continue
    }
    kept.bytes += payload.length
    await transaction.query(
      `insert into kept_lines (import_id, entities, row_ranges, payload, bytes)
       values ($1, $2, $3, ${form.parameter('$4')}, $5)`,
      [importId, entities, rowRanges, form.write(payload), payload.length],
    )
  }
  for (const { importId, entities } of unkept) {
    await transaction.query('update imports set unkept = unkept + $2 where id = $1', [importId, entities])
  }
}

/** Deletes the kept lines of imports that ended so many days ago, and which keys came after them. */
export async function deleteKeptLines(database: Queryable, days: number): Promise<void> {
  for (const table of ['kept_lines', 'import_keys']) {
    await database.query(
      `delete from ${table} using imports
       where imports.id = import_id and state = 'finished' and finished_at < now() - make_interval(days => $1)`,
      [days],
    )
  }
}
