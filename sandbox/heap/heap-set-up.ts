import { Type } from 'typebox'

/**
 * What is chosen in Heap under Integrations > Directory > Looker Data Import. Heap says that there is such a
 * set-up and that the property may be any that is unique per user; the rest is inferred.
 */
export const HeapSetUpSchema = Type.Object(
  {
    /** The user property that keys in the slot `email` of Heap's own action are compared with. */
    matchProperty: Type.String({ minLength: 1, maxLength: 1023 }),
    /** Whether a key that no user has makes a user is not known: both are offered. */
    unknownKeys: Type.Union([Type.Literal('create'), Type.Literal('ignore')]),
  },
  { additionalProperties: false },
)

export type HeapSetUp = Type.Static<typeof HeapSetUpSchema>

export const DEFAULT_SET_UP: HeapSetUp = { matchProperty: 'email', unknownKeys: 'create' }
