import { Type } from 'typebox'
import { nullable } from './nullable.ts'

/** All rows of an import that were rejected for one reason. */
export const RejectionSummarySchema = Type.Object({
  reason: Type.String(),
  /** What Heap said. */
  text: nullable(Type.String()),
  count: Type.Integer(),
  /** The first few row numbers, from 1. */
  rows: Type.Array(Type.Integer()),
})
export type RejectionSummary = Type.Static<typeof RejectionSummarySchema>
