import type { TSchema } from 'typebox'
import { Type } from 'typebox'

/** The value, or null where there is none or it is not known. */
export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}
