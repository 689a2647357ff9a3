import { Type } from 'typebox'

/** The rows of an import beside those of the last whole delivery of its sync into the same target, by join key. */
export const ComparisonSchema = Type.Object({
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  /** Of the last delivery, and not of this one. Heap keeps what it has of them. */
  gone: Type.Integer(),
})
export type Comparison = Type.Static<typeof ComparisonSchema>
