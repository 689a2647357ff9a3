import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Verdict } from '../../shared/report/import-message.ts'
import { isOwnOrigin } from '../connections/own-origin.ts'
import { environmentFault } from '../connections/writable-environments.ts'
import type { Delivery } from '../imports/delivery.ts'
import { DeliveryError } from '../imports/delivery-error.ts'
import { unlessStopped } from '../imports/reading/stopped.ts'
import { LookerError } from '../looker/looker-error.ts'
import { requireToken } from './authenticate.ts'
import { describeDatabaseTrouble } from './database-trouble.ts'
import { startDeadline } from './deadline.ts'
import { toDelivery } from './delivery-request.ts'
import { answerWhenDone } from './keep-alive-answer.ts'
import { readRequest } from './request-body.ts'

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
  try {
    const envelope = await unlessStopped(
      readRequest(request, app.limits.executeBytes, app.limits),
      stopping,
      (late) => late.dispose(),
    )
    try {
      const delivery = toDelivery(request.headers, envelope, request.connection?.id ?? 0)
      return await app.imports.process(narrowed(delivery, request), deadline.signal)
    } finally {
      await envelope.dispose()
    }
  } finally {
    deadline.clear()
  }
}

/** @throws DeliveryError when the connection may not deliver this */
function narrowed(delivery: Delivery, { server, connection }: FastifyRequest): Delivery {
  const writable = server.writableEnvironments(connection)
  const fault = environmentFault(writable, delivery.settings.environmentId)
  if (fault !== null) throw new DeliveryError(`${fault} Nothing was imported.`)
  const origins = connection?.origins ?? null
  if (origins === null) return delivery
  if (delivery.lookerOrigin === null || !isOwnOrigin(connection, delivery.lookerOrigin)) {
    const unknown = delivery.lookerOrigin === null ? ', and this one does not say where it comes from' : ''
    throw new DeliveryError(
      `This action server takes deliveries with this token only from ${origins.join(', ')}${unknown}. Nothing was imported.`,
    )
  }
  return { ...delivery, lookerOrigins: origins }
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
