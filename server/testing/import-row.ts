import type { ImportCounts } from '../../shared/report/import-counts.ts'

/** What tests look at of an import, as the database has it. */
export type ImportRow = ImportCounts & {
  id: number
  /** Looker's title of the plan. */
  title: string
  state: string
  failure: string | null
}

/** The columns of an `ImportRow`, for a select. */
export const IMPORT_COLUMNS =
  'id, title, state, failure, received, delivered, rejected, skipped, superseded, unchanged'
