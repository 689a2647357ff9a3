import { Type } from 'typebox'

/**
 * The JSON API between the extension and the action server. Validation, types and documentation come from
 * these schemas.
 *
 * `POST /api/token` goes through Looker's server proxy, with the connection's authorization token as
 * `Authorization: Bearer <token>` (a secret tag that Looker fills in). It answers a token for the other
 * calls, which go through the fetch proxy with `Authorization: Bearer <access token>`.
 */
export const AccessTokenSchema = Type.Object({
  accessToken: Type.String(),
  expiresInSeconds: Type.Integer(),
})
export type AccessToken = Type.Static<typeof AccessTokenSchema>

const ImportCountsSchema = Type.Object({
  received: Type.Integer(),
  delivered: Type.Integer(),
  rejected: Type.Integer(),
  skipped: Type.Integer(),
  superseded: Type.Integer(),
})

/** All rows of an import that were rejected for one reason. */
const RejectionSummarySchema = Type.Object({
  reason: Type.String(),
  /** What Heap said. */
  text: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer(),
  /** The first few row numbers, from 1. */
  rows: Type.Array(Type.Integer()),
})

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

/** Every answer of status 4xx and 5xx. The text of a 4xx says what to change. */
export const ApiErrorSchema = Type.Object({ success: Type.Literal(false), error: Type.String() })
