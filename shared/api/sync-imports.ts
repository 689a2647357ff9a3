import { Type } from 'typebox'
import { DateTimeSchema } from './date-time.ts'
import { ImportSummarySchema } from './import-summary.ts'
import { nullable } from './nullable.ts'

/** By what the imports of a sync can be filtered. */
export const IMPORT_FILTERS = ['running', 'success', 'failed', 'rejected_rows', 'held'] as const
export type ImportFilter = (typeof IMPORT_FILTERS)[number]

/** What a page of imports is chosen by. */
export const ImportPageQuerySchema = Type.Object({
  /** `nextCursor` of the page before. */
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  state: Type.Optional(Type.Enum([...IMPORT_FILTERS])),
  /** Begun at or after this moment, and before that one. */
  from: Type.Optional(DateTimeSchema),
  to: Type.Optional(DateTimeSchema),
})

/** `GET /api/v1/syncs/:ref/imports`: newest first. */
export const ImportPageSchema = Type.Object({
  imports: Type.Array(ImportSummarySchema),
  /** Null: these are the last ones. */
  nextCursor: nullable(Type.String()),
})
export type ImportPage = Type.Static<typeof ImportPageSchema>
