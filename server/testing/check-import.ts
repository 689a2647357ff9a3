import { expect } from 'vitest'
import type { DeliveryRecord } from '../../sandbox/looker/delivering/delivery-record.ts'
import { readReportedCounts } from '../../sandbox/reported-counts.ts'
import type { Database } from '../database/engine/database.ts'
import type { ImportRow } from './import-row.ts'
import type { RandomRow } from './random-rows.ts'
import { fatesOf } from './random-rows.ts'

/** An entity that had to come to Heap unless Heap refused it. */
export type Due = { key: string; properties: Record<string, string | number>; isRejected: boolean }

/** The count equation, and that Looker was told the same. */
export function checkCounts(row: ImportRow, answer: DeliveryRecord): void {
  const { received, delivered, rejected, skipped, superseded } = row
  expect(row.state).toBe('finished')
  expect(delivered + rejected + skipped + superseded).toBe(received)
  if (received === 0 && row.failure === null) {
    expect(answer).toMatchObject({
      status: 'success',
      message: 'The Look returned no rows; nothing was changed in Heap.',
    })
    return
  }
  if (received === 0) {
    expect(answer.status).toBe('failure')
    return
  }
  expect(readReportedCounts(answer.message)).toEqual({ received, delivered, rejected, skipped })
  const replaced = /([\d,]+) rows? replaced by a newer delivery/.exec(answer.message)?.[1] ?? '0'
  expect(Number(replaced.replaceAll(',', ''))).toBe(superseded)
  expect(answer.message).not.toContain('on their way')
  const isFailure = row.failure !== null || rejected > 0 || skipped === received
  expect(answer.status).toBe(isFailure ? 'failure' : 'success')
}

/**
 * Each row on its own: what was wrong with it before Heap had a word, and what Heap refused.
 *
 * @returns the other rows that were read
 */
export async function checkRows(
  database: Database,
  row: ImportRow,
  rows: readonly RandomRow[],
): Promise<Due[]> {
  if (row.failure === null) expect(row.received).toBe(rows.length)
  const fates = fatesOf(rows).slice(0, row.received)
  expect(row.skipped).toBe(fates.filter(({ kind }) => kind === 'skipped').length)
  const stored = await database.query<{ number: number; reason: string; key: string | null }>(
    'select row_number as number, reason, join_key as key from rejected_rows where import_id = $1 order by 1',
    [row.id],
  )
  expect(stored).toHaveLength(row.rejected)
  const reasons = new Map(stored.map(({ number, reason }) => [number, reason]))
  const due: Due[] = []
  for (const [index, fate] of fates.entries()) {
    const reason = reasons.get(index + 1)
    if (fate.kind === 'skipped') expect(reason).toBeUndefined()
    else if (fate.kind === 'rejected') expect(reason).toBe(fate.reason)
    else {
      if (reason !== undefined) expect(['heap_refused', 'row_too_large']).toContain(reason)
      due.push({ key: fate.key, properties: fate.properties, isRejected: reason !== undefined })
    }
  }
  return due
}
