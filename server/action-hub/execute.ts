import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Verdict } from '../../shared/import-message.ts'
import { DeliveryError } from '../imports/delivery-error.ts'
import { reportToLooker } from '../imports/report-import.ts'
import { unlessStopped } from '../imports/stopped.ts'
import { boundDownload } from '../looker/download/bound-download.ts'
import { openDownload } from '../looker/download/download.ts'
import { LookerError } from '../looker/looker-error.ts'
import type { Envelope } from '../looker/request/read-envelope.ts'
import { requireToken } from './authenticate.ts'
import { describeDatabaseTrouble } from './database-trouble.ts'
import { startDeadline } from './deadline.ts'
import { readDeliveryRequest } from './delivery-request.ts'
import { answerWhenDone } from './keep-alive-answer.ts'
import { readBody } from './request-body.ts'

/** `POST /actions/heap/execute`: one delivery, answered when its import has ended or after the deadline. */
export async function executeRoute(app: FastifyInstance): Promise<void> {
  app.route({
    method: 'POST',
    url: '/actions/heap/execute',
    config: { operation: 'execute' },
    onRequest: requireToken,
    handler: (request, reply: FastifyReply) =>
      answerWhenDone(
        reply,
        async () => toLooker(await execute(app, request)),
        (error) => toLooker(explain(error, request)),
      ),
  })
}

async function execute(app: FastifyInstance, request: FastifyRequest): Promise<Verdict> {
  const { stopping } = app.imports
  const deadline = startDeadline(app.config.responseDeadlineMs, stopping)
  const envelope = await unlessStopped(
    readBody(request, app.limits.executeBytes, app.limits),
    stopping,
    (late) => late.dispose(),
  )
  try {
    const { downloadUrl, ...delivery } = readDeliveryRequest(envelope.body)
    const importId = await app.imports.receive({
      ...delivery,
      connectionId: request.connection?.id ?? 0,
      open: () => openRows(app, envelope, downloadUrl),
    })
    const record = await app.imports.watch.wait(importId, deadline.signal)
    const verdict = await reportToLooker(record, app.repositories.imports)
    request.log.info({ importId, counts: record.counts, success: verdict.success }, 'import answered')
    return verdict
  } finally {
    deadline.clear()
    await envelope.dispose()
  }
}

async function openRows(
  app: FastifyInstance,
  envelope: Envelope,
  downloadUrl: string | null,
): Promise<AsyncIterable<Uint8Array>> {
  if (envelope.attachment) return envelope.attachment.open()
  if (downloadUrl !== null) {
    const { lookerOrigins: origins } = app.config
    return boundDownload(await openDownload(downloadUrl, { origins, signal: app.imports.stopping }))
  }
  throw new DeliveryError('Looker sent no data along. Check that the Look returns rows, and send it again.')
}

function explain(error: unknown, request: FastifyRequest): Verdict {
  if (error instanceof DeliveryError || error instanceof LookerError) {
    return { success: false, message: error.message }
  }
  request.log.error({ err: error }, 'import failed')
  const trouble = describeDatabaseTrouble(error)
  if (trouble !== null) return { success: false, message: trouble }
  return {
    success: false,
    message: `The import stopped because of an internal error of the action server. Send the Look again; if it fails again, give the person who runs the server this id: ${request.id}.`,
  }
}

/**
 * The wrapper that Looker reads. Failures carry a message only: with `validation_errors` Looker has been
 * seen to show a generic text instead.
 */
function toLooker({ success, message }: Verdict) {
  return { looker: { success, message, refresh_query: false } }
}
