import fastifyPlugin from 'fastify-plugin'
import type { JobWithMetadata } from 'pg-boss'
import type { AlertJob } from '../database/repositories/alert-repository.ts'
import { ALERT_QUEUE, createAlertRepository } from '../database/repositories/alert-repository.ts'
import { createLateRepository } from '../database/repositories/late-repository.ts'
import type { AlertChannel } from '../metrics/alert-metrics.ts'
import { readAlertSettings } from './alert-settings.ts'
import { noteLateSyncs } from './note-late-syncs.ts'
import { sendAlert } from './send-alert.ts'

/** How patient to be with receivers; tests are less so. */
export type AlertTiming = {
  lookMs: number
  /** How often to look for syncs that have become late. */
  lateMs: number
  /** The first pause; each is about twice as long as the one before. */
  retrySeconds: number
  retries: number
  timeoutMs: number
  /** Origins of receivers that may be inside: for tests on loopback. */
  allowedOrigins: readonly string[]
}

/** The last try is some 17 hours after the first. */
export const ALERT_TIMING: AlertTiming = {
  lookMs: 5_000,
  lateMs: 60_000,
  retrySeconds: 30,
  retries: 11,
  timeoutMs: 10_000,
  allowedOrigins: [],
}

/** Of a process that died with the alert in hand. */
const EXPIRE_SECONDS = 60

/** Tells of changes of state, by webhook and Slack, with retries. */
export const alertsPlugin = fastifyPlugin(
  async (app, options: { environment: Record<string, string | undefined>; timing: AlertTiming }) => {
    const { timing } = options
    const settings = readAlertSettings(options.environment)
    const channels: AlertChannel[] = []
    if (settings.webhook !== null) channels.push('webhook')
    if (settings.slackUrl !== null) channels.push('slack')
    const { boss } = app.queue
    const alerts = createAlertRepository(app.database, boss)
    const onError = (error: unknown) => app.log.error({ err: error }, 'alerts')
    await boss.createQueue(ALERT_QUEUE, { expireInSeconds: EXPIRE_SECONDS, deleteAfterSeconds: 86_400 })
    await boss.updateQueue(ALERT_QUEUE, {
      retryLimit: timing.retries,
      retryDelay: timing.retrySeconds,
      retryBackoff: true,
    })

    if (channels.length > 0) {
      await boss.work(
        ALERT_QUEUE,
        { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: Math.max(0.5, timing.lookMs / 1_000) },
        async ([job]: JobWithMetadata<AlertJob<AlertChannel>>[]) => {
          if (!job) return
          const { channel, alert } = job.data
          try {
            await sendAlert(job.data, { settings, ...timing })
            app.metrics.alerts.tried(channel, 'sent')
            app.log.info(
              { sync: alert.sync, importId: alert.importId, kind: alert.kind, channel },
              'alert sent',
            )
          } catch (error) {
            app.metrics.alerts.tried(channel, job.retryCount < job.retryLimit ? 'failed' : 'given_up')
            app.log.warn(
              { err: error, sync: alert.sync, importId: alert.importId, channel },
              'alert not sent',
            )
            throw error
          }
        },
      )
    }

    let looking: Promise<unknown> = Promise.resolve()
    const timer = setInterval(() => {
      looking = alerts.queueNew(channels).catch(onError)
    }, timing.lookMs)
    const late = createLateRepository(app.database)
    let noting: Promise<unknown> = Promise.resolve()
    const lateTimer =
      channels.length > 0 &&
      setInterval(() => {
        noting = noting.then(() => noteLateSyncs(late)).catch(onError)
      }, timing.lateMs)
    app.addHook('onClose', async () => {
      clearInterval(timer)
      if (lateTimer) clearInterval(lateTimer)
      await Promise.all([looking, noting])
      await boss.offWork(ALERT_QUEUE).catch(onError)
    })
  },
  { name: 'alerts', dependencies: ['database', 'metrics'] },
)
