import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { Transaction } from '../engine/database.ts'

export type LockedImport = {
  id: number
  settings: SyncSettings
  refused_text: string | null
  is_cancelled: boolean
}

/**
 * Locks the rows of imports, in one order, until the transaction ends. Whoever changes batches locks their
 * imports first, so that a claim and the replacing of rows never miss each other.
 *
 * @returns the imports by id
 */
export async function lockImports(
  transaction: Transaction,
  importIds: readonly number[],
): Promise<Map<number, LockedImport>> {
  const rows = await transaction.query<LockedImport>(
    `select id, settings, refused_text, cancelled_at is not null as is_cancelled
     from imports where id = any($1::int[]) order by id for update`,
    [[...new Set(importIds)]],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
