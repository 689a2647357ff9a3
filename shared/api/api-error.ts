import { Type } from 'typebox'

/** Every answer of status 4xx and 5xx outside `/api/v1`. The text of a 4xx says what to change. */
export const ApiErrorSchema = Type.Object({ success: Type.Literal(false), error: Type.String() })
