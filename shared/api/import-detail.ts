import { Type } from 'typebox'
import { ComparisonSchema } from './comparison.ts'
import { DateTimeSchema } from './date-time.ts'
import { ImportSummarySchema } from './import-summary.ts'
import { nullable } from './nullable.ts'
import { RejectionSummarySchema } from './rejection-summary.ts'
import { TestExchangeSchema } from './test-exchange.ts'

/** What is known of one part of the way of the rows. Reading and sending overlap. */
const StageTimeSchema = Type.Object({
  /** Waiting: for Looker's first byte. */
  name: Type.Enum(['waiting', 'reading', 'sending']),
  startedAt: DateTimeSchema,
  endedAt: nullable(DateTimeSchema),
  /** That have gone through it so far. */
  rows: Type.Integer(),
  rowsPerSecond: nullable(Type.Number()),
})
export type StageTime = Type.Static<typeof StageTimeSchema>

/** Said of an import beside its counts. */
const RemarkSchema = Type.Object({
  kind: Type.Enum(['note', 'warning']),
  code: Type.String(),
  text: Type.String(),
  /** Of the values, cells or rows that it is about. */
  count: Type.Optional(Type.Integer()),
})

/** In how many rows a property had a value, in all and by the JSON type of what was sent: Heap takes these two. */
export const PropertyFillSchema = Type.Object({
  name: Type.String(),
  values: Type.Integer(),
  texts: Type.Integer(),
  numbers: Type.Integer(),
})
export type PropertyFill = Type.Static<typeof PropertyFillSchema>

/** What has become of the requests to Heap. */
const HeapWordSchema = Type.Object({
  /** Requests that failed and were, or will be, made again. */
  retries: Type.Integer(),
  /** What the last of them ended with. */
  lastError: nullable(Type.String()),
  /** When the next one is due, while rows wait for it. */
  nextTryAt: nullable(DateTimeSchema),
  /** What Heap answers while it turns away all that waits, and what to check. */
  denial: nullable(Type.String()),
})

/** `GET /api/v1/imports/:id`: one import as it stands. It holds no cell values and no join keys, a test apart. */
export const ImportDetailSchema = Type.Object({
  ...ImportSummarySchema.properties,
  /** The reference by which it was asked for. */
  sync: Type.String(),
  /** What the delivery is called in Looker; null when Looker does not say. */
  title: nullable(Type.String()),
  environmentId: Type.String(),
  propertyType: Type.Enum(['user', 'account']),
  matchBy: Type.String(),
  stage: Type.Enum(['waiting_for_looker', 'reading', 'sending', 'waiting_for_heap', 'held', 'finished']),
  stages: Type.Array(StageTimeSchema),
  /** Until the last row is decided, at the rate so far; null: not known. */
  secondsLeft: nullable(Type.Number()),
  rejections: Type.Array(RejectionSummarySchema),
  remarks: Type.Array(RemarkSchema),
  /** Null: not counted. The join key is not among them. */
  properties: nullable(Type.Array(PropertyFillSchema)),
  /** What Looker was given; null: nothing yet, or it was not kept. */
  answer: nullable(Type.Object({ success: Type.Boolean(), message: Type.String(), at: DateTimeSchema })),
  /** What Looker would be told now. */
  message: Type.String(),
  heap: HeapWordSchema,
  /** The import whose rows these are once more. */
  retryOf: nullable(Type.Integer()),
  retriedAs: Type.Array(Type.Integer()),
  canRetry: Type.Boolean(),
  /** Why rows that could be tried again cannot be, and what to do instead. */
  noRetryBecause: Type.Optional(Type.String()),
  canCancel: Type.Boolean(),
  canRelease: Type.Boolean(),
  heldBecause: nullable(Type.String()),
  /** Null: nothing to compare with is known. */
  comparison: nullable(ComparisonSchema),
  /** Of a test, and only for who knows the sync_id; null as well once it is no longer kept. */
  test: nullable(TestExchangeSchema),
})
export type ImportDetail = Type.Static<typeof ImportDetailSchema>
