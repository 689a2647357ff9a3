import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SyncRefSchema } from '../../../shared/api/sync-ref.ts'
import { isOwnOrigin } from '../../connections/own-origin.ts'
import type { SyncCaller } from '../../database/repositories/sync-repository.ts'
import { ProblemError } from './problem-error.ts'

/** The origin of the Looker in which the caller runs: syncs of other Lookers are not found. */
export const HostSchema = Type.String({
  minLength: 1,
  maxLength: 300,
  pattern: '^https?://[^/?#\\s]+/?$',
  description: 'Origin of the Looker that the caller runs in: https://acme.cloud.looker.com',
})

/**
 * The scheduled plan of a sync that is named by its sync_id: what it delivered before it had the id is found as
 * well, and shown without join keys.
 */
export const PlanSchema = Type.String({ minLength: 1, maxLength: 100 })

export const HostQuerySchema = Type.Object({ host: HostSchema })

/** By what a call names an import, beside its id. */
export const ImportQuerySchema = Type.Object({
  sync: SyncRefSchema,
  host: HostSchema,
  plan: Type.Optional(PlanSchema),
})

type Call = { connection: FastifyRequest['connection']; query: { host: string } }

export const ImportParamsSchema = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) })

/** Who asks, and from which Looker, in whatever way it was written. @throws ProblemError */
export function callerOf({ connection, query }: Call): SyncCaller {
  if (!URL.canParse(query.host)) throw new ProblemError('bad_request', 'host is not the origin of a Looker.')
  const { origin } = new URL(query.host)
  if (!isOwnOrigin(connection, origin)) {
    throw new ProblemError('bad_request', 'The connection is narrowed to other Lookers than that of host.')
  }
  return { connectionId: connection?.id ?? 0, origin }
}
