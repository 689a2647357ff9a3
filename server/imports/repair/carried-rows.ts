import type { KeptGroup } from '../../database/repositories/repair/kept-lines.ts'
import type { KeyRepository, LaterImport } from '../../database/repositories/repair/key-repository.ts'
import { readEntityKey } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { packRows, partRows } from '../batches/pick-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { findBrought } from '../keys/find-brought.ts'

/** Groups of kept lines that are looked at together. */
const GROUPS_AT_ONCE = 200

/** The same in rows: some 50 MB. */
const ROWS_AT_ONCE = 100_000

/**
 * Takes out of the kept lines of an import all rows whose key one of these later imports has brought: their values
 * are older than what Heap has or was to have.
 *
 * @param later imports whose keys are written down
 */
export async function leaveOutCarried(
  repository: KeyRepository,
  importId: number,
  target: HeapTarget,
  later: readonly Pick<LaterImport, 'id'>[],
): Promise<void> {
  if (later.length === 0) return
  // Until nobody else has changed any of it meanwhile: what is done with the rest counts on it.
  while (!(await leaveOutOnce(repository, importId, target, later)));
}

/** @returns whether all groups were still as they had been read */
async function leaveOutOnce(
  repository: KeyRepository,
  importId: number,
  target: HeapTarget,
  later: readonly Pick<LaterImport, 'id'>[],
): Promise<boolean> {
  let areAll = true
  for await (const groups of pages(repository, importId)) {
    const opened = groups.map((group) => ({ group, ...open(group, target) }))
    const keys = new Set(opened.flatMap((entry) => entry.keys))
    const carried = new Set<string>()
    for (const { id } of later) {
      for (const key of await findBrought(repository, id, keys)) {
        carried.add(key)
        keys.delete(key)
      }
    }
    const changes = opened
      .filter((entry) => entry.keys.some((key) => carried.has(key)))
      .map(({ group, keys: own, rows }) => ({
        group,
        remaining: packRows(partRows(rows, (index) => carried.has(own[index] ?? '')).others),
      }))
    if (changes.length > 0) areAll = (await repository.shrink(changes, true)) && areAll
  }
  return areAll
}

/** The rows of a group of kept lines, and their keys. */
export function open({ payload, entities, rowRanges }: KeptGroup, target: HeapTarget) {
  const lines = unpackLines(payload, entities).texts()
  return {
    keys: lines.map((line) => readEntityKey(target, line)),
    rows: { lines, rowNumbers: fromRowRanges(rowRanges) },
  }
}

async function* pages(repository: KeyRepository, importId: number): AsyncGenerator<KeptGroup[]> {
  for (let after = 0; ; ) {
    const groups = await repository.keptGroups(importId, after, GROUPS_AT_ONCE)
    const last = groups.at(-1)
    if (!last) return
    let page: KeptGroup[] = []
    let rows = 0
    for (const group of groups) {
      page.push(group)
      rows += group.entities
      if (rows < ROWS_AT_ONCE) continue
      yield page
      page = []
      rows = 0
    }
    if (page.length > 0) yield page
    after = last.number
  }
}
