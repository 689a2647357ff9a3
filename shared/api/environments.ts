import { Type } from 'typebox'
import { nullable } from './nullable.ts'

/** Where Heap keeps an environment: each region has a host of its own. */
export const REGIONS = ['us', 'eu'] as const
export type Region = (typeof REGIONS)[number]

export const HeapEnvironmentSchema = Type.Object({
  /** Digits, as text: the `env_id` of the form. */
  id: Type.String(),
  /** As the person who runs the server calls it. */
  name: Type.String(),
  region: Type.Enum([...REGIONS]),
})
export type HeapEnvironment = Type.Static<typeof HeapEnvironmentSchema>

/** `GET /api/v1/environments`: those that the connection may write, in the order of the server; null: any. */
export const EnvironmentListSchema = Type.Object({
  environments: nullable(Type.Array(HeapEnvironmentSchema)),
})
export type EnvironmentList = Type.Static<typeof EnvironmentListSchema>
