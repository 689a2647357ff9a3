import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { readSyncRef } from '../../../shared/api/sync-ref.ts'
import type { ImportRecord } from '../../database/repositories/import-record.ts'
import type { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { toOrigin } from './call.ts'
import { ProblemError } from './problem-error.ts'

type ImportCall = {
  connection: FastifyRequest['connection']
  params: Static<typeof ImportParamsSchema>
  query: Static<typeof ImportQuerySchema>
}

type FoundImport = {
  record: ImportRecord
  /** It bears the sync_id that the caller knows: rows and join keys may be shown. */
  showsKeys: boolean
}

/**
 * The import that a call names by its id and the reference of its sync. One of another sync, of another connection
 * or of another Looker is as unknown as one that never was.
 *
 * @throws ProblemError `unknown_import`
 */
export async function findImport(app: FastifyInstance, call: ImportCall): Promise<FoundImport> {
  const { sync, host, plan } = call.query
  const ref = readSyncRef(sync)
  if (ref !== null && call.connection !== null) {
    const record = await app.repositories.imports.findOfSync(call.connection.id, {
      importId: call.params.id,
      ref,
      plan: plan ?? null,
      origin: toOrigin(host),
    })
    if (record) return { record, showsKeys: ref.kind === 'sync_id' && record.syncId === ref.syncId }
  }
  throw new ProblemError(
    'unknown_import',
    `There is no such import of this sync. Imports are kept for ${app.config.retentionDays} days.`,
  )
}
