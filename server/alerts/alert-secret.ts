import { Webhook } from 'standardwebhooks'

/** What the secret of a webhook must be, as the convention says. */
export const SECRET_FORM =
  '24 to 64 random bytes in base64, with or without whsec_ before: openssl rand -base64 32'

export function isAlertSecret(secret: string): boolean {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length
  if (bytes < 24 || bytes > 64) return false
  try {
    new Webhook(secret)
    return true
  } catch {
    return false
  }
}
