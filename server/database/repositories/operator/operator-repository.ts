import type { ImportFilter } from '../../../../shared/api/sync-imports.ts'
import type { Database, SqlValue } from '../../engine/database.ts'
import { storableText } from '../../engine/storable-text.ts'
import { FILTERS } from '../history-repository.ts'
import type { ImportRecord } from '../import-record.ts'
import { RECORD_COLUMNS } from '../import-record.ts'
import type { ImportSummaryRecord, SummaryRow } from '../import-summary-record.ts'
import { SUMMARY_COLUMNS, toSummaryRecord } from '../import-summary-record.ts'

/** A sync as operators name it; its number is that of metrics, log lines and alerts. */
export type SyncName =
  | { kind: 'sync_id'; syncId: string }
  | { kind: 'plan'; planId: string }
  | { kind: 'number'; number: number }

/** Where an import belongs. */
export type ImportPlace = {
  connection: string
  /** Null: of before syncs had numbers. */
  syncNumber: number | null
  syncId: string | null
  planId: string | null
  title: string | null
  environmentId: string
}

export type ImportsQuestion = {
  sync: SyncName | null
  filter: ImportFilter | null
  /** Only imports with smaller numbers. */
  before: number | null
  most: number
}

const PLACE_COLUMNS = `(select name from connections where connections.id = imports.connection_id) as connection,
  imports.sync as "syncNumber", sync_id as "syncId", plan_id as "planId", title, environment_id as "environmentId"`

export type OperatorRepository = ReturnType<typeof createOperatorRepository>

/** Imports of all connections and syncs: for those who own the database, never for an answer over HTTP. */
export function createOperatorRepository(database: Database) {
  return {
    /** The imports of a sync, or all, newest first. */
    async imports(question: ImportsQuestion): Promise<(ImportSummaryRecord & ImportPlace)[]> {
      const values: SqlValue[] = [question.most]
      const place = (value: SqlValue) => `$${values.push(value)}`
      const conditions = [
        ...(question.sync ? [isOfSync(question.sync, place)] : []),
        ...(question.filter ? [FILTERS[question.filter]] : []),
        ...(question.before === null ? [] : [`imports.id < ${place(question.before)}`]),
      ]
      const rows = await database.query<SummaryRow & ImportPlace>(
        `select ${SUMMARY_COLUMNS}, ${PLACE_COLUMNS} from imports
         ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
         order by imports.id desc limit $1`,
        values,
      )
      return rows.map(toSummaryRecord)
    },

    /** Is there any import, or a delivery's sync, of this name? */
    async knows(sync: SyncName): Promise<boolean> {
      const values: SqlValue[] = []
      const condition = isOfSync(sync, (value) => `$${values.push(value)}`)
      return (await database.query(`select 1 from imports where ${condition} limit 1`, values)).length > 0
    },

    async find(importId: number): Promise<(ImportRecord & ImportPlace) | undefined> {
      const [record] = await database.query<ImportRecord & ImportPlace>(
        `select ${RECORD_COLUMNS}, ${PLACE_COLUMNS} from imports where id = $1`,
        [importId],
      )
      return record
    },
  }
}

function isOfSync(sync: SyncName, place: (value: SqlValue) => string): string {
  if (sync.kind === 'number') return `imports.sync = ${place(sync.number)}`
  if (sync.kind === 'sync_id') return `imports.sync_id = ${place(sync.syncId)}`
  return `imports.sync in (select syncs.id from syncs where syncs.plan_id = ${place(storableText(sync.planId))})`
}
