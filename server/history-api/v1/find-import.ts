import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { readSyncRef } from '../../../shared/api/sync-ref.ts'
import type { NamedSync } from '../../database/repositories/history-repository.ts'
import type { ImportRecord } from '../../database/repositories/import-record.ts'
import type { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { callerOf } from './call.ts'
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
  const named = namedSync(call.query.sync, call.query.plan)
  const record = named && (await app.repositories.history.find(callerOf(call), call.params.id, named))
  if (named && record) {
    const { ref } = named
    return { record, showsKeys: ref.kind === 'sync_id' && record.syncId === ref.syncId }
  }
  throw new ProblemError(
    'unknown_import',
    `There is no such import of this sync. Imports are kept for ${app.config.retentionDays} days.`,
  )
}

/**
 * The same for a call that changes something: plan ids can be guessed, a sync_id cannot.
 *
 * @throws ProblemError `unknown_import`, `needs_sync_id`
 */
export async function findOwnImport(app: FastifyInstance, call: ImportCall): Promise<FoundImport> {
  const found = await findImport(app, call)
  if (found.showsKeys) return found
  throw new ProblemError(
    'needs_sync_id',
    'Imports are retried, cancelled, released and discarded by who knows the sync_id of their sync. Edit the sync in the extension and save it once: that gives it one.',
  )
}

/** The sync that a call means; null when its reference is none. */
export function namedSync(reference: string, plan: string | undefined): NamedSync | null {
  const ref = readSyncRef(reference)
  return ref && { ref, plan: plan ?? null }
}
