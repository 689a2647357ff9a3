import type { AlertChannel } from '../database/repositories/alert-repository.ts'
import { isAlertSecret, SECRET_FORM } from './alert-secret.ts'

/** Whom the operator, or who set up a sync, wants to be told of changes of state. */
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
  if (secret !== null && !isAlertSecret(secret))
    throw new Error(`ALERT_WEBHOOK_SECRET must be ${SECRET_FORM}`)
  return {
    webhook: url !== null && secret !== null ? { url, secret } : null,
    slackUrl: readUrl(environment, 'ALERT_SLACK_URL'),
  }
}

/** Where each channel that is set goes. */
export function addressesOf({ webhook, slackUrl }: AlertSettings): Partial<Record<AlertChannel, string>> {
  return {
    ...(webhook === null ? {} : { webhook: webhook.url }),
    ...(slackUrl === null ? {} : { slack: slackUrl }),
  }
}

function readUrl(environment: Record<string, string | undefined>, name: string): string | null {
  const text = environment[name]?.trim() || null
  if (text !== null && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    throw new Error(`${name} must be a web address, such as https://example.com/hook.`)
  }
  return text
}
