import type { Registry } from 'prom-client'
import { Counter } from 'prom-client'
import type { AlertChannel } from '../database/repositories/alert-repository.ts'

const CHANNELS: readonly AlertChannel[] = ['webhook', 'slack']

/** `failed`: one try, of which there may be more; `given_up`: the last one was in vain. */
export type AlertResult = 'sent' | 'failed' | 'given_up'

const RESULTS: readonly AlertResult[] = ['sent', 'failed', 'given_up']

export type AlertMetrics = ReturnType<typeof createAlertMetrics>

/** Messages that this process has tried to send about changes of state. */
export function createAlertMetrics(registry: Registry) {
  const alerts = new Counter({
    name: 'heap_import_alerts_total',
    help: 'Tries of this process to send an alert by channel (webhook, slack) and result: sent, failed (it is tried again), given_up.',
    labelNames: ['channel', 'result'],
    registers: [registry],
  })
  for (const channel of CHANNELS) for (const result of RESULTS) alerts.inc({ channel, result }, 0)
  return {
    tried: (channel: AlertChannel, result: AlertResult): void => alerts.inc({ channel, result }),
  }
}
