import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportPlace } from '../database/repositories/operator/operator-repository.ts'
import { RefusedError, UsageError } from './admin-errors.ts'
import type { Admin } from './open-admin.ts'

/** The number of an import as it is written: `42`. @throws UsageError */
export function readImportId(text: string | undefined): number {
  if (text === undefined) throw new UsageError('Say which import: its number, as `imports` lists it.')
  const id = readNumber(text)
  if (id === null) throw new UsageError(`An import is named by its number, as 42, not by ${quoted(text)}.`)
  return id
}

/** A number that the database can have counted to; null: it is none. */
export function readNumber(text: string): number | null {
  const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : 0
  return value >= 1 && value < 2 ** 31 ? value : null
}

/** @throws RefusedError */
export async function findImport(admin: Admin, importId: number): Promise<ImportRecord & ImportPlace> {
  const record = await admin.operator.find(importId)
  if (record) return record
  throw new RefusedError(
    `There is no import ${importId}. Imports are kept for ${admin.config.retentionDays} days; \`imports\` lists them.`,
  )
}

export function quoted(text: string): string {
  return JSON.stringify(text)
}
