import { Type } from 'typebox'

/**
 * `PUT /api/v1/syncs/:ref/schedule`: when Looker delivers, as the plan says. A datagroup has no times of its own:
 * then, as with null, the next delivery is expected by the usual rhythm.
 */
export const SyncScheduleSchema = Type.Union([
  Type.Object(
    {
      /** Five fields, as Looker has them. */
      crontab: Type.String({ minLength: 9, maxLength: 200 }),
      /** IANA name: `Europe/Paris`. */
      timeZone: Type.String({ minLength: 1, maxLength: 100 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ datagroup: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
  Type.Null(),
])
export type SyncSchedule = Type.Static<typeof SyncScheduleSchema>
