import { Type } from 'typebox'
import { nullable } from './nullable.ts'

/** Longest beginning of a join key that can be searched for: longer keys are kept cut. */
const MAX_KEY = 300

/** Rows of one page at most. */
export const MAX_REJECTED_ROWS = 1_000

const RejectedRowSchema = Type.Object({
  /** In Looker's result, from 1. */
  row: Type.Integer(),
  /** Null: it has none, or it is not shown. */
  key: nullable(Type.String()),
  reason: Type.String(),
  /** What Heap said. */
  text: nullable(Type.String()),
})
export type RejectedRowView = Type.Static<typeof RejectedRowSchema>

/** `GET /api/v1/imports/:id/rejected-rows`: by row number, or by join key when one is searched for. */
export const RejectedRowPageSchema = Type.Object({
  rows: Type.Array(RejectedRowSchema),
  /** For the call that gets the next page; null: this is the last one. */
  nextCursor: nullable(Type.String()),
  /** Does the caller know the sync_id of the import? Else no row has a key. */
  keysShown: Type.Boolean(),
})
export type RejectedRowPage = Type.Static<typeof RejectedRowPageSchema>

/** Which rows are asked for, beside the import. */
export const RejectedRowQuerySchema = Type.Object({
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  key: Type.Optional(
    Type.String({ minLength: 1, maxLength: MAX_KEY, description: 'A join key, or its beginning.' }),
  ),
  match: Type.Optional(Type.Enum(['prefix', 'exact'], { description: 'Of the key; prefix by default.' })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,10}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_REJECTED_ROWS })),
})

/** `POST /api/v1/imports/:id/retry`: the number of the import that tries rows again. */
export const RetriedSchema = Type.Object({ import: Type.Integer() })
export type Retried = Type.Static<typeof RetriedSchema>
