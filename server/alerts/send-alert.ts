import { Webhook } from 'standardwebhooks'
import type { AlertJob } from '../database/repositories/alert-repository.ts'
import type { AlertChannel } from '../metrics/alert-metrics.ts'
import { toAlertMessage } from './alert-message.ts'
import type { AlertSettings } from './alert-settings.ts'
import { AlertError, postSafely } from './post-safely.ts'

type SendOptions = { settings: AlertSettings; allowedOrigins: readonly string[]; timeoutMs?: number }

/** Sends an alert once. @throws AlertError when it did not arrive */
export async function sendAlert(
  { channel, alert }: AlertJob<AlertChannel>,
  { settings, ...how }: SendOptions,
): Promise<void> {
  const message = toAlertMessage(alert)
  if (channel === 'slack') {
    if (settings.slackUrl === null) throw new AlertError('ALERT_SLACK_URL is not set any more')
    const { text, whatToDo, link } = message.data
    const body = JSON.stringify({
      text: [escapeForSlack(`${text} ${whatToDo}`), ...(link ? [`<${link}|Open the import>`] : [])].join(
        '\n',
      ),
    })
    return postSafely({ url: settings.slackUrl, headers: {}, body, ...how })
  }
  if (settings.webhook === null) throw new AlertError('ALERT_WEBHOOK_URL is not set any more')
  const { url, secret } = settings.webhook
  const { id, ...content } = message
  const body = JSON.stringify(content)
  const sentAt = new Date()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
  }
  return postSafely({ url, headers, body, ...how })
}

/** Three characters have a meaning for Slack: https://docs.slack.dev/messaging/formatting-message-text */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
