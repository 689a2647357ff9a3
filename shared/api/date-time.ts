import { Type } from 'typebox'

/** A moment in ISO 8601, UTC: `2026-11-25T14:32:00.000Z`. */
export const DateTimeSchema = Type.String({ format: 'date-time' })
