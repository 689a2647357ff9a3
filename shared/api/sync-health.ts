import { Type } from 'typebox'
import { DateTimeSchema } from './date-time.ts'
import { ImportSummarySchema } from './import-summary.ts'
import { nullable } from './nullable.ts'

/** When the next import is expected. */
const DueSchema = Type.Object({
  at: DateTimeSchema,
  /** By the schedule that was told, or by the usual time between two imports. */
  by: Type.Enum(['schedule', 'rhythm']),
  late: Type.Boolean(),
})

/** How a sync is. */
export const SyncHealthSchema = Type.Object({
  ref: Type.String(),
  title: nullable(Type.String()),
  /** Of the newest import, as is the property type. */
  environmentId: Type.String(),
  propertyType: Type.Enum(['user', 'account']),
  /**
   * `new`: no import has ended yet. `rejected_rows`: the last one ended with rows that did not arrive, but no more
   * than the sync allows. `late`: the next one is overdue. `held`: by a guardrail. `waiting`: Heap turns away its
   * rows.
   */
  state: Type.Enum(['new', 'running', 'well', 'rejected_rows', 'failing', 'late', 'held', 'waiting']),
  stateSince: DateTimeSchema,
  lastImport: nullable(ImportSummarySchema),
  lastSuccessAt: nullable(DateTimeSchema),
  /** Median of the rows received of the last ten whole imports. */
  usualRows: nullable(Type.Integer()),
  due: nullable(DueSchema),
  /** Do unusual deliveries wait until somebody releases them? Told only to who knows the sync_id; else false. */
  holds: Type.Boolean(),
  /** The last ten imports, newest first. */
  recent: Type.Array(ImportSummarySchema),
})
export type SyncHealth = Type.Static<typeof SyncHealthSchema>

/** Most references of one call. */
export const MAX_SYNCS = 100

/** `GET /api/v1/syncs?ids=...`: those that are known, in the order asked for. */
export const SyncListSchema = Type.Object({ syncs: Type.Array(SyncHealthSchema) })
export type SyncList = Type.Static<typeof SyncListSchema>
