import type { Match } from '../../../shared/api/known-keys.ts'
import type { KnownRepository, KnownSet } from '../../database/repositories/known-repository.ts'
import { compareRows, tableOf } from './compare-rows.ts'
import { hashOfKey } from './hash-of-key.ts'
import { storedParts } from './keep-memory.ts'
import { partOf } from './known-parts.ts'

/** How many join keys of an import another one has as well, and which of some keys it has. */
export async function matchKeys(
  repository: KnownRepository,
  own: KnownSet,
  against: KnownSet,
  keys: readonly string[],
): Promise<Match> {
  const compared = await compareRows(storedParts(repository, own), storedParts(repository, against))
  const hashKey = await repository.hashKey()
  const places = keys.map((key, index) => ({ index, ...hashOfKey(hashKey, key.trim()) }))
  const isKnown = keys.map(() => false)
  for (const [part, inPart] of Map.groupBy(places, ({ first }) => partOf(first, against.parts))) {
    const table = tableOf(await repository.parts(against, part, part + 1))
    for (const { index, first, second } of inPart) isKnown[index] = table.has(first, second)
  }
  return { known: compared.changed + compared.unchanged, unknown: compared.new, keys: isKnown }
}
