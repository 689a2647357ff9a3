import fastifyPlugin from 'fastify-plugin'
import type { AlertChannel } from '../database/repositories/alert-repository.ts'
import { ALERT_QUEUE, createAlertRepository } from '../database/repositories/alert-repository.ts'
import { createLateRepository } from '../database/repositories/late-repository.ts'
import type { AlertMessage } from './alert-message.ts'
import type { AlertSettings } from './alert-settings.ts'
import { addressesOf, readAlertSettings } from './alert-settings.ts'
import type { AlertTiming } from './alert-timing.ts'
import { receiverFault } from './check-receiver.ts'
import { noteLateSyncs } from './note-late-syncs.ts'
import type { ReceiverTest } from './test-receivers.ts'
import { testReceivers } from './test-receivers.ts'
import { workOffAlerts } from './work-off-alerts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    alerts: {
      /** Which receivers of the server are set. */
      server: Record<AlertChannel, boolean>
      /** See `receiverFault`. */
      faultOf: (url: string) => Promise<string | null>
      /** See `testReceivers`. */
      test: (message: AlertMessage, settings: AlertSettings) => Promise<ReceiverTest[]>
    }
  }
}

/** Tells of changes of state, by webhook and Slack, with retries. */
export const alertsPlugin = fastifyPlugin(
  async (app, options: { environment: Record<string, string | undefined>; timing: AlertTiming }) => {
    const { timing } = options
    const settings = readAlertSettings(options.environment)
    app.decorate('alerts', {
      server: { webhook: settings.webhook !== null, slack: settings.slackUrl !== null },
      faultOf: (url) => receiverFault(url, timing.allowedOrigins),
      test: (message, receivers) => testReceivers(message, receivers, timing),
    })
    await workOffAlerts(app, settings, timing)

    const onError = (error: unknown) => app.log.error({ err: error }, 'alerts')
    const alerts = createAlertRepository(app.database, app.queue.boss)
    const late = createLateRepository(app.database)
    const stopLooking = repeat(timing.lookMs, () => alerts.queueNew(addressesOf(settings)), onError)
    const stopNoting = repeat(timing.lateMs, () => noteLateSyncs(late), onError)
    app.addHook('onClose', async () => {
      await Promise.all([stopLooking(), stopNoting()])
      await app.queue.boss.offWork(ALERT_QUEUE).catch(onError)
    })
  },
  { name: 'alerts', dependencies: ['database', 'metrics'] },
)

/** Does something again and again, never twice at once. @returns stops, and resolves when nothing of it runs */
function repeat(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void) {
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= work()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
  }, ms)
  return async (): Promise<void> => {
    clearInterval(timer)
    await running
  }
}
