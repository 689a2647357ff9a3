import type { Remark } from '../../../shared/report/remark.ts'
import { note } from '../../../shared/report/remark.ts'
import { ALL_EVERY } from '../../../shared/settings/send.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { KnownRepository, LastDelivery } from '../../database/repositories/known-repository.ts'
import { isTest } from '../sync-target.ts'
import { eachRow } from './compare-rows.ts'
import { hashOfKey } from './hash-of-key.ts'
import type { KnownTable } from './known-table.ts'
import { createKnownTable } from './known-table.ts'
import type { RowMemory } from './row-memory.ts'
import { createRowMemory } from './row-memory.ts'

/** Of more rejected rows everything is sent again. */
const MOST_REJECTED = 100_000

const PARTS_AT_ONCE = 64

/** What an import remembers of its rows, and what it was compared with. */
export type OpenedMemory = {
  memory: RowMemory
  /** How many deliveries in a row, this one included, leave out unchanged rows. */
  changedRun: number
  remarks: Remark[]
}

/**
 * Opens the memory of an import of a sync that is known by its sync_id; null for all others.
 *
 * Of the last delivery rows are left out only while it is certain that Heap has them just so: it was whole, every row
 * of it is decided, nothing of the sync or its Look came since, and what was rejected is known by name.
 *
 * @param mostRows KNOWN_ROWS
 */
export async function openMemory(
  repository: KnownRepository,
  importId: number,
  settings: SyncSettings,
  mostRows: number,
): Promise<OpenedMemory | null> {
  if (settings.syncId === null || isTest(settings)) return null
  const isChanged = settings.send === 'changed'
  if (mostRows === 0) return null
  const hashKey = await repository.hashKey()
  if (!isChanged) return { memory: createRowMemory(hashKey, mostRows, null), changedRun: 0, remarks: [] }
  const last = await repository.last(importId)
  const isTenth = last !== undefined && last.changedRun + 1 >= ALL_EVERY
  const table = last?.isCertain && !isTenth ? await loadLast(repository, last, hashKey) : null
  return {
    memory: createRowMemory(hashKey, mostRows, table),
    changedRun: table === null ? 0 : (last?.changedRun ?? 0) + 1,
    remarks: table === null ? [note('all_rows_sent', whyAll(isTenth))] : [],
  }
}

function whyAll(isTenth: boolean): string {
  return isTenth
    ? `All rows were sent, as in every ${ALL_EVERY}th delivery.`
    : 'All rows were sent, as it is not certain that Heap has all of the last delivery.'
}

/** Null: too much of it was rejected. */
async function loadLast(
  repository: KnownRepository,
  last: LastDelivery,
  hashKey: Int32Array,
): Promise<KnownTable | null> {
  const rejected = await repository.rejectedKeys(last.id, MOST_REJECTED + 1)
  if (rejected.length > MOST_REJECTED) return null
  const taken = createKnownTable(rejected.length)
  for (const key of rejected) {
    const { first, second } = hashOfKey(hashKey, key)
    taken.add(first, second, 0, 0)
  }
  const table = createKnownTable(last.rows)
  for (let from = 0; from < last.parts; from += PARTS_AT_ONCE) {
    const parts = await repository.parts(last, from, Math.min(from + PARTS_AT_ONCE, last.parts))
    eachRow(parts, (first, second, lineFirst, lineSecond) => {
      if (!taken.has(first, second)) table.add(first, second, lineFirst, lineSecond)
    })
  }
  return table
}
