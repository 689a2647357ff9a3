import type { Remark } from '../../../shared/report/remark.ts'
import { note } from '../../../shared/report/remark.ts'
import { ALL_EVERY } from '../../../shared/settings/send.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { LastDelivery } from '../../database/repositories/known/last-delivery.ts'
import type { KnownRepository, KnownSet } from '../../database/repositories/known-repository.ts'
import { isTest } from '../sync-target.ts'
import { eachRow } from './compare-rows.ts'
import { hashOfKey } from './hash-of-key.ts'
import type { KnownTable } from './known-table.ts'
import { createKnownTable } from './known-table.ts'
import type { RowMemory } from './row-memory.ts'
import { createRowMemory } from './row-memory.ts'
import type { AllReason } from './why-all.ts'
import { whyAll } from './why-all.ts'

/** Of more rejected rows everything is sent again. */
const MOST_REJECTED = 100_000

const PARTS_AT_ONCE = 64

/** What an import remembers of its rows, and what it was compared with. */
export type OpenedMemory = {
  /** Null: the server keeps no fingerprints. */
  memory: RowMemory | null
  /** How many deliveries in a row, this one included, leave out unchanged rows. */
  changedRun: number
  remarks: Remark[]
  /** Base URL of the Heap that the rows are for. */
  heapUrl: string
}

type MemoryOptions = {
  /** KNOWN_ROWS */
  mostRows: number
  /** Base URL of the Heap that the rows are for. */
  heapUrl: string
  /** Told when the last delivery could not be looked at. */
  onError: (error: unknown) => void
}

/**
 * Opens the memory of an import of a sync that is known by its sync_id; null for all others.
 *
 * Of the last delivery rows are left out only while it is certain that Heap has them just so: it was whole and went to
 * the same Heap, every row of it is decided, nothing came since that could have changed them, what was rejected is known
 * by name, and the database was not set back. What cannot be looked up never costs the delivery: everything is sent.
 */
export async function openMemory(
  repository: KnownRepository,
  importId: number,
  settings: SyncSettings,
  { mostRows, heapUrl, onError }: MemoryOptions,
): Promise<OpenedMemory | null> {
  if (settings.syncId === null || isTest(settings)) return null
  const isChanged = settings.send === 'changed'
  const all = (reason: AllReason, last?: LastDelivery) =>
    isChanged ? [note('all_rows_sent', whyAll(reason, last, mostRows))] : []
  if (mostRows === 0) return { memory: null, changedRun: 0, remarks: all('switched_off'), heapUrl }
  const hashKey = await repository.hashKey()
  const sendAll = (remarks: Remark[]) => ({
    memory: createRowMemory(hashKey, mostRows, null),
    changedRun: 0,
    remarks,
    heapUrl,
  })
  if (!isChanged) return sendAll([])
  const last = await repository.last(importId, heapUrl)
  if (last === undefined) return sendAll(all('first'))
  const set = setOf(last)
  if (last.changedRun + 1 >= ALL_EVERY) return sendAll(all('tenth', last))
  if (last.doubt !== null || set === null) return sendAll(all(last.doubt ?? 'not_kept', last))
  const loaded = await loadLast(repository, set, hashKey).catch((error: unknown) => {
    onError(error)
    return 'gone' as const
  })
  if (typeof loaded === 'string') return sendAll(all(loaded, last))
  const memory = createRowMemory(hashKey, mostRows, loaded)
  return { memory, changedRun: last.changedRun + 1, remarks: [], heapUrl }
}

/** The fingerprints of a delivery; null: none are kept. */
export function setOf({ id, rows, parts }: LastDelivery): KnownSet | null {
  return rows === null || parts === null ? null : { id, rows, parts }
}

async function loadLast(
  repository: KnownRepository,
  last: KnownSet,
  hashKey: Int32Array,
): Promise<KnownTable | 'many_rejected' | 'undecided'> {
  const rejected = await repository.rejectedKeys(last.id, MOST_REJECTED + 1)
  if (rejected.length > MOST_REJECTED) return 'many_rejected'
  // Of a key that the database cannot hold it is not known which it was.
  if (rejected.some((key) => key.includes('\uFFFD'))) return 'undecided'
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
