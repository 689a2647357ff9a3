import { Type } from 'typebox'
import { MAX_JOIN_KEY_CHARACTERS } from '../heap-limits.ts'
import { DateTimeSchema } from './date-time.ts'
import { nullable } from './nullable.ts'
import { SyncRefSchema } from './sync-ref.ts'

/** Most join keys of one call. */
export const MAX_LOOKED_UP = 500

const KeySchema = Type.String({ minLength: 1, maxLength: MAX_JOIN_KEY_CHARACTERS * 2 })

/** `POST /api/v1/syncs/:ref/key-lookups`: a join key must not stand in a URL. */
export const KeyLookupSchema = Type.Object(
  { keys: Type.Array(KeySchema, { minItems: 1, maxItems: MAX_LOOKED_UP }) },
  { additionalProperties: false },
)

const FoundKeySchema = Type.Object({
  /** Was it in the last whole delivery, or among the rejected rows since then? */
  found: Type.Boolean(),
  /** Pending: the import has not ended. Null of a found key: rejected rows are deleted by now, so that it is not known. */
  outcome: nullable(Type.Enum(['delivered', 'unchanged', 'rejected', 'pending'])),
  /** Why it was rejected. */
  reason: nullable(Type.String()),
  importId: nullable(Type.Integer()),
  /** When that import began. */
  at: nullable(DateTimeSchema),
})
export type FoundKey = Type.Static<typeof FoundKeySchema>

export const FoundKeysSchema = Type.Object({
  /** The last whole delivery whose keys are known; null: there is none. */
  import: nullable(Type.Object({ id: Type.Integer(), at: DateTimeSchema })),
  /** In the order of the call. */
  keys: Type.Array(FoundKeySchema),
})
export type FoundKeys = Type.Static<typeof FoundKeysSchema>

/** `POST /api/v1/imports/:id/match`: how many join keys of an import, dry or not, another import has. */
export const MatchRequestSchema = Type.Object(
  {
    against: Type.Object(
      { import: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }), sync: SyncRefSchema },
      { additionalProperties: false },
    ),
    keys: Type.Array(KeySchema, { maxItems: MAX_LOOKED_UP }),
  },
  { additionalProperties: false },
)
export type MatchRequest = Type.Static<typeof MatchRequestSchema>

export const MatchSchema = Type.Object({
  /** Join keys of the import that the other one has as well, and those that it has not. */
  known: Type.Integer(),
  unknown: Type.Integer(),
  /** Of the keys of the call, in order: has the other import it? */
  keys: Type.Array(Type.Boolean()),
})
export type Match = Type.Static<typeof MatchSchema>
