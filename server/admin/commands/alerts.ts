import { testMessage } from '../../alerts/alert-message.ts'
import { readAlertSettings } from '../../alerts/alert-settings.ts'
import { ALERT_TIMING } from '../../alerts/alert-timing.ts'
import { testReceivers } from '../../alerts/test-receivers.ts'
import { RefusedError, UsageError } from '../admin-errors.ts'
import type { Command, Outside } from '../command.ts'
import { jsonText } from '../output/printable.ts'
import { facts } from '../output/table.ts'

export const alertsCommand: Command = {
  name: 'alerts',
  usage: 'test',
  summary: "Sends a test message to the server's receivers of alerts, and says what became of each.",
  help: [
    '',
    'The receivers are those of ALERT_WEBHOOK_URL and ALERT_SLACK_URL, which must be set for the command as they are',
    'for the server. No database is needed. Receivers of one sync are tested on its page in the extension.',
  ],
  options: {},
  prepare({ positionals, json }) {
    if (positionals.length !== 1 || positionals[0] !== 'test') {
      throw new UsageError('Say what to do with alerts: `alerts test`.')
    }
    return { kind: 'outside', run: (outside) => test(outside, json) }
  },
}

async function* test({ environment }: Outside, json: boolean): AsyncGenerator<string> {
  const results = await testReceivers(testMessage(), readAlertSettings(environment), ALERT_TIMING)
  if (results.length === 0) {
    throw new RefusedError(
      'No receiver is set. Set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET, or ALERT_SLACK_URL, as the server has them.',
    )
  }
  yield json ? `${jsonText({ results })}\n` : facts(results.map(({ channel, text }) => [channel, text]))
  if (results.some(({ ok }) => !ok)) throw new RefusedError('Not every receiver was reached.')
}
