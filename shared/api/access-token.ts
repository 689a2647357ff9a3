import { Type } from 'typebox'

/**
 * `POST /api/token` goes through Looker's server proxy, with the secret of the extension as
 * `Authorization: Bearer <secret>` (a secret tag that Looker fills in). It answers a token for the other
 * calls, which go through the fetch proxy with `Authorization: Bearer <access token>`.
 */
export const AccessTokenSchema = Type.Object({
  accessToken: Type.String(),
  expiresInSeconds: Type.Integer(),
})
export type AccessToken = Type.Static<typeof AccessTokenSchema>
