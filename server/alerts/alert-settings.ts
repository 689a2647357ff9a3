import { Webhook } from 'standardwebhooks'

/** Whom the operator wants to be told of changes of state. */
export type AlertSettings = {
  /** By the Standard Webhooks convention: https://www.standardwebhooks.com */
  webhook: { url: string; secret: string } | null
  /** An incoming webhook of Slack. */
  slackUrl: string | null
}

/**
 * Reads ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET and ALERT_SLACK_URL; a variable set to nothing counts as unset.
 *
 * @throws Error that names the variable, and shows none
 */
export function readAlertSettings(environment: Record<string, string | undefined>): AlertSettings {
  const url = readUrl(environment, 'ALERT_WEBHOOK_URL')
  const secret = environment.ALERT_WEBHOOK_SECRET?.trim() || null
  if (url !== null && secret === null) {
    throw new Error(
      'ALERT_WEBHOOK_URL needs ALERT_WEBHOOK_SECRET, by which the receiver knows that we sent it.',
    )
  }
  if (secret !== null && !isSecret(secret)) {
    throw new Error(
      'ALERT_WEBHOOK_SECRET must be 24 to 64 random bytes in base64, with or without whsec_ before: openssl rand -base64 32',
    )
  }
  return {
    webhook: url !== null && secret !== null ? { url, secret } : null,
    slackUrl: readUrl(environment, 'ALERT_SLACK_URL'),
  }
}

function readUrl(environment: Record<string, string | undefined>, name: string): string | null {
  const text = environment[name]?.trim() || null
  if (text !== null && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    throw new Error(`${name} must be a web address, such as https://example.com/hook.`)
  }
  return text
}

function isSecret(secret: string): boolean {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length
  if (bytes < 24 || bytes > 64) return false
  try {
    new Webhook(secret)
    return true
  } catch {
    return false
  }
}
