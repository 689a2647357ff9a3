import { Webhook } from 'standardwebhooks'
import type { AlertChannel } from '../database/repositories/alert-repository.ts'
import type { AlertMessage } from './alert-message.ts'
import type { AlertSettings } from './alert-settings.ts'
import { postSafely } from './post-safely.ts'

type Sending = {
  channel: AlertChannel
  settings: AlertSettings
  allowedOrigins: readonly string[]
  timeoutMs?: number
}

/**
 * Sends a message once.
 *
 * @returns false, and nothing is sent, when the channel is not set
 * @throws AlertError when it did not arrive
 */
export async function sendMessage(
  message: AlertMessage,
  { channel, settings, ...how }: Sending,
): Promise<boolean> {
  if (channel === 'slack') {
    const { slackUrl } = settings
    if (slackUrl === null) return false
    await postSafely({ url: slackUrl, headers: {}, body: slackBody(message), ...how })
    return true
  }
  if (settings.webhook === null) return false
  const { url, secret } = settings.webhook
  const { id, ...content } = message
  const body = JSON.stringify(content)
  const sentAt = new Date()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
  }
  await postSafely({ url, headers, body, ...how })
  return true
}

function slackBody({ data: { text, whatToDo, link } }: AlertMessage): string {
  const lines = [escapeForSlack(`${text} ${whatToDo}`), ...(link ? [`<${link}|Open it in Looker>`] : [])]
  return JSON.stringify({ text: lines.join('\n') })
}

/** Three characters have a meaning for Slack: https://docs.slack.dev/messaging/formatting-message-text */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
