import { Type } from 'typebox'

/** `PUT /api/v1/syncs/:ref/guardrails`: what is to be done with unusual deliveries. */
export const SyncGuardrailsSchema = Type.Object(
  {
    /** Nothing of one is sent before somebody releases it. */
    hold: Type.Boolean(),
  },
  { additionalProperties: false },
)
