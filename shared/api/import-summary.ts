import { Type } from 'typebox'
import { DateTimeSchema } from './date-time.ts'
import { nullable } from './nullable.ts'

export const ImportCountsSchema = Type.Object({
  received: Type.Integer(),
  delivered: Type.Integer(),
  rejected: Type.Integer(),
  skipped: Type.Integer(),
  superseded: Type.Integer(),
})

/** An import in a list. It holds no cell values and no join keys. */
export const ImportSummarySchema = Type.Object({
  id: Type.Integer(),
  /** Held: a guardrail has stopped it until somebody releases or discards it. */
  state: Type.Enum(['reading', 'sending', 'held', 'finished']),
  /** As Looker is told; null: not known yet. */
  success: nullable(Type.Boolean()),
  dryRun: Type.Boolean(),
  startedAt: DateTimeSchema,
  finishedAt: nullable(DateTimeSchema),
  counts: ImportCountsSchema,
  /** Rows that are stored and on their way. */
  pending: Type.Integer(),
})
export type ImportSummary = Type.Static<typeof ImportSummarySchema>
