import { Type } from 'typebox'
import { nullable } from './nullable.ts'

/** `GET /api/v1/syncs/:ref/alerts`: who is told of changes of state. No secret is in it. */
export const SyncAlertsSchema = Type.Object({
  webhookUrl: nullable(Type.String()),
  /** Is there a secret that the webhook's messages are signed with? It is never given back. */
  hasSecret: Type.Boolean(),
  /** The address is a secret: its host and last four characters. */
  slackUrl: nullable(Type.String()),
  /** Receivers of all syncs, which whoever runs the server has set. */
  server: Type.Object({ webhook: Type.Boolean(), slack: Type.Boolean() }),
})
export type SyncAlerts = Type.Static<typeof SyncAlertsSchema>

/**
 * `PUT /api/v1/syncs/:ref/alerts`; null: no such receiver. An empty text is taken for null: the validation makes one
 * of the other.
 */
export const SyncAlertsChangeSchema = Type.Object(
  {
    webhook: nullable(
      Type.Object(
        {
          url: Type.String({ minLength: 1, maxLength: 2_000 }),
          secret: nullable(
            Type.String({ maxLength: 200, description: 'Null: the one that is kept with this very url.' }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    slackUrl: nullable(
      Type.String({ maxLength: 2_000, description: 'As it is shown: the one that is kept.' }),
    ),
  },
  { additionalProperties: false },
)
export type SyncAlertsChange = Type.Static<typeof SyncAlertsChangeSchema>

/** `POST /api/v1/syncs/:ref/alerts/test`: what became of a message to each receiver of the sync. */
export const AlertTestSchema = Type.Object({
  results: Type.Array(
    Type.Object({
      channel: Type.Enum(['webhook', 'slack']),
      ok: Type.Boolean(),
      text: Type.String(),
    }),
  ),
})
export type AlertTest = Type.Static<typeof AlertTestSchema>

/** A path that is shorter would be shown nearly whole. */
const SECRET_PATH = 12

/**
 * How the address of a Slack webhook is shown: its host and its last four characters. It is no web address, so that
 * it is not taken for one.
 */
export function shownSecretUrl(url: string): string {
  const { host, pathname, search } = new URL(url)
  const path = `${pathname}${search}`
  return `${host}/…${path.length > SECRET_PATH ? path.slice(-4) : ''}`
}
