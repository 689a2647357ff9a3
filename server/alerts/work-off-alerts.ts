import type { FastifyInstance } from 'fastify'
import type { JobWithMetadata } from 'pg-boss'
import type { AlertJob } from '../database/repositories/alert-repository.ts'
import { ALERT_QUEUE } from '../database/repositories/alert-repository.ts'
import { toAlertMessage } from './alert-message.ts'
import type { AlertSettings } from './alert-settings.ts'
import type { AlertTiming } from './alert-timing.ts'
import { AlertError } from './post-safely.ts'
import { sendMessage } from './send-message.ts'

/** Receivers that messages are sent to at once: one that hangs takes one of these places. */
const AT_ONCE = 4

/** Of a process that died with the alert in hand. */
const EXPIRE_SECONDS = 60

/** Sends queued alerts until the queue is told to stop; each receiver has its own tries. */
export async function workOffAlerts(
  app: FastifyInstance,
  server: AlertSettings,
  timing: AlertTiming,
): Promise<void> {
  const { boss } = app.queue
  await boss.createQueue(ALERT_QUEUE, { expireInSeconds: EXPIRE_SECONDS, deleteAfterSeconds: 86_400 })
  await boss.updateQueue(ALERT_QUEUE, {
    retryLimit: timing.retries,
    retryDelay: timing.retrySeconds,
    retryBackoff: true,
  })
  await boss.work(
    ALERT_QUEUE,
    {
      includeMetadata: true,
      batchSize: 1,
      localConcurrency: AT_ONCE,
      groupConcurrency: 1,
      pollingIntervalSeconds: Math.max(0.5, timing.lookMs / 1_000),
    },
    async ([job]: JobWithMetadata<AlertJob>[]) => {
      if (job) await sendJob(job)
    },
  )

  async function sendJob({ data, retryCount, retryLimit }: JobWithMetadata<AlertJob>): Promise<void> {
    const { channel, audience = 'server', alert } = data
    const said = { sync: alert.sync, importId: alert.importId, kind: alert.kind, channel, audience }
    try {
      if (await send(data)) {
        app.metrics.alerts.tried(channel, 'sent')
        app.log.info(said, 'alert sent')
      } else app.log.info(said, 'alert dropped: its receiver is not set any more')
    } catch (error) {
      app.metrics.alerts.tried(channel, retryCount < retryLimit ? 'failed' : 'given_up')
      app.log.warn({ err: error, ...said }, 'alert not sent')
      throw error
    }
  }

  async function send({ channel, audience = 'server', alert }: AlertJob): Promise<boolean> {
    const settings = audience === 'server' ? server : await app.repositories.syncAlerts.ofSync(alert.sync)
    const { allowedOrigins, timeoutMs } = timing
    const isSent = await sendMessage(toAlertMessage(alert), { channel, settings, allowedOrigins, timeoutMs })
    // Another process, which is set otherwise, may know it.
    if (!isSent && audience === 'server')
      throw new AlertError('this receiver of the server is not set any more')
    return isSent
  }
}
