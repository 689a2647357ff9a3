import { Type } from 'typebox'
import { DateTimeSchema } from './date-time.ts'
import { nullable } from './nullable.ts'

export const ImportCountsSchema = Type.Object({
  received: Type.Integer(),
  delivered: Type.Integer(),
  rejected: Type.Integer(),
  skipped: Type.Integer(),
  superseded: Type.Integer(),
  unchanged: Type.Integer(),
})

/** An import in a list. It holds no cell values and no join keys. */
export const ImportSummarySchema = Type.Object({
  id: Type.Integer(),
  /** Held: a guardrail has stopped it until somebody releases or discards it. */
  state: Type.Enum(['reading', 'sending', 'held', 'finished']),
  /** As Looker is told; null: not known yet. */
  success: nullable(Type.Boolean()),
  dryRun: Type.Boolean(),
  /** Of a test: how many rows it sends at most, of the first ones that can be sent. Null: it is none. */
  testRows: nullable(Type.Integer()),
  startedAt: DateTimeSchema,
  finishedAt: nullable(DateTimeSchema),
  counts: ImportCountsSchema,
  /** Rows that are stored and on their way. */
  pending: Type.Integer(),
})
export type ImportSummary = Type.Static<typeof ImportSummarySchema>
