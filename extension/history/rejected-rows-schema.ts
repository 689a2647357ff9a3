import { Type } from 'typebox'
import { nullable } from '../../shared/api/nullable.ts'

export const RejectedRowSchema = Type.Object({
  row: Type.Integer(),
  key: nullable(Type.String()),
  reason: Type.String(),
  text: nullable(Type.String()),
})
export type RejectedRow = Type.Static<typeof RejectedRowSchema>

export const RejectedRowPageSchema = Type.Object({
  rows: Type.Array(RejectedRowSchema),
  nextCursor: nullable(Type.String()),
  keysShown: Type.Boolean(),
})
