import { Type } from 'typebox'
import { ImportCountsSchema } from './import-summary.ts'
import { RejectionSummarySchema } from './rejection-summary.ts'

/** Said of an import beside its counts. */
const RemarkSchema = Type.Object({
  kind: Type.Union([Type.Literal('note'), Type.Literal('warning')]),
  text: Type.String(),
})

/** `GET /api/imports/:id`: one import as it stands. It holds no cell values and no join keys. */
export const ImportViewSchema = Type.Object({
  id: Type.Integer(),
  /** Looker's scheduled plan; a string, as Looker sends numbers and strings. */
  planId: Type.Union([Type.String(), Type.Null()]),
  /** What the delivery is called in Looker; null when Looker does not say. */
  title: Type.Union([Type.String(), Type.Null()]),
  environmentId: Type.String(),
  propertyType: Type.Union([Type.Literal('user'), Type.Literal('account')]),
  dryRun: Type.Boolean(),
  state: Type.Union([Type.Literal('reading'), Type.Literal('sending'), Type.Literal('finished')]),
  counts: ImportCountsSchema,
  /** Rows that are stored and on their way. */
  pending: Type.Integer(),
  rejections: Type.Array(RejectionSummarySchema),
  remarks: Type.Array(RemarkSchema),
  /** What Heap answers while it turns away the rows that wait, and what to check; else null. */
  denial: Type.Union([Type.String(), Type.Null()]),
  /** What Looker is told, or would be told now. */
  success: Type.Boolean(),
  message: Type.String(),
  /** ISO 8601. */
  startedAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
})
export type ImportView = Type.Static<typeof ImportViewSchema>

/** `GET /api/imports?syncId=...&planId=4711`: the imports of a sync, newest first, at most 20. */
export const ImportListSchema = Type.Object({ imports: Type.Array(ImportViewSchema) })
export type ImportList = Type.Static<typeof ImportListSchema>
