import type { FoundKey } from '../../../shared/api/known-keys.ts'
import { RETRIABLE_REASONS } from '../../../shared/report/import-counts.ts'
import type {
  KnownRepository,
  NewestDelivery,
  RejectedKey,
} from '../../database/repositories/known-repository.ts'
import { storedKey } from '../../database/repositories/rejected-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { tableOf } from './compare-rows.ts'
import { hashOfKey } from './hash-of-key.ts'
import { partOf } from './known-parts.ts'

const NOT_FOUND: FoundKey = { found: false, outcome: null, reason: null, importId: null, at: null }

const RETRIED: ReadonlySet<string> = new Set(RETRIABLE_REASONS)

/** What has become of a key in the last whole delivery. */
type KeyFate = 'sent' | 'left out' | 'not in it'

/**
 * What became of join keys, written as Looker has them, in the last deliveries of syncs: rejected rows are known by name,
 * all others by their fingerprint in the last whole delivery.
 *
 * @param delivery null: none is known
 */
export async function lookUpKeys(
  repository: KnownRepository,
  syncs: readonly number[],
  delivery: NewestDelivery | null,
  keys: readonly string[],
): Promise<FoundKey[]> {
  const trimmed = keys.map((key) => key.trim())
  const rejected = await repository.rejectedAs(syncs, trimmed, delivery?.id ?? null)
  const newest = new Map((await withRetries(repository, rejected)).map((row) => [row.key, row]))
  const fates = delivery ? await fatesOf(repository, delivery, trimmed) : new Map<string, KeyFate>()
  return trimmed.map((key) => describe(newest.get(storedKey(key)), fates.get(key) ?? 'not in it', delivery))
}

/** A retry has not tried what is still kept for one. */
async function withRetries(
  repository: KnownRepository,
  rejected: readonly RejectedKey[],
): Promise<RejectedKey[]> {
  const retried = rejected.filter(({ retriedAs }) => retriedAs !== null)
  const kept = new Map<number, Set<number>>()
  for (const importId of new Set(retried.map((row) => row.importId))) {
    kept.set(importId, new Set((await repository.keptRows(importId)).flatMap(fromRowRanges)))
  }
  return rejected.map((row) =>
    kept.get(row.importId)?.has(row.rowNumber) ? { ...row, retriedAs: null } : row,
  )
}

function describe(
  rejection: RejectedKey | undefined,
  fate: KeyFate,
  delivery: NewestDelivery | null,
): FoundKey {
  // Of several rows with one key the first is sent.
  const isTwin = rejection?.reason === 'join_key_duplicate' && fate !== 'not in it'
  if (rejection && !isTwin) {
    const { importId, reason, at, retriedAs } = rejection
    if (retriedAs !== null && RETRIED.has(reason)) {
      return { found: true, outcome: 'delivered', reason: null, importId: retriedAs, at: at.toISOString() }
    }
    return { found: true, outcome: 'rejected', reason, importId, at: at.toISOString() }
  }
  if (fate === 'not in it' || delivery === null) return NOT_FOUND
  return {
    found: true,
    outcome: fate === 'left out' ? 'unchanged' : outcomeOf(delivery),
    reason: null,
    importId: delivery.id,
    at: delivery.at.toISOString(),
  }
}

/** Of a row that was sent and is not known to have been rejected. */
function outcomeOf({ isFinished, isForgotten }: NewestDelivery): FoundKey['outcome'] {
  if (!isFinished) return 'pending'
  return isForgotten ? null : 'delivered'
}

async function fatesOf(
  repository: KnownRepository,
  delivery: NewestDelivery,
  keys: readonly string[],
): Promise<Map<string, KeyFate>> {
  const hashKey = await repository.hashKey()
  const places = keys.map((key) => ({ key, ...hashOfKey(hashKey, key) }))
  const fates = new Map<string, KeyFate>()
  for (const [part, inPart] of Map.groupBy(places, ({ first }) => partOf(first, delivery.parts))) {
    const table = tableOf(await repository.parts(delivery, part, part + 1))
    for (const { key, first, second } of inPart) {
      if (table.has(first, second)) fates.set(key, table.isLeftOut(first, second) ? 'left out' : 'sent')
    }
  }
  return fates
}
