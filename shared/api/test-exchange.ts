import { Type } from 'typebox'
import { nullable } from './nullable.ts'

/** Most characters kept of a request and of an answer. */
export const MAX_EXCHANGE_CHARACTERS = 64 * 1024

/** What a test sent to Heap, and what Heap answered. It holds join keys and cell values. */
export const TestExchangeSchema = Type.Object({
  request: Type.Object({
    path: Type.String(),
    /** As it was sent, in whole lines. */
    body: Type.String(),
  }),
  /** Null: none came. */
  answer: nullable(Type.Object({ status: Type.Integer(), text: Type.String() })),
})
export type TestExchange = Type.Static<typeof TestExchangeSchema>
