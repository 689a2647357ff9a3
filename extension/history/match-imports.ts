import type { Match } from '../../shared/api/known-keys.ts'
import { MatchSchema } from '../../shared/api/known-keys.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { fitsSchema } from '../action-server/fits-schema.ts'
import { importQuery } from './import-detail.ts'
import type { SyncAddress } from './sync-ref.ts'

export type ImportAddress = { address: SyncAddress; id: number }

/**
 * How many join keys of an import another one has as well.
 *
 * @param keys of which to say it one by one, at most 500; they go in the body, never in the URL
 * @throws ActionServerError
 */
export async function matchImports(
  server: ActionServer,
  own: ImportAddress,
  against: ImportAddress,
  keys: readonly string[],
): Promise<Match> {
  const answer: unknown = await server.send('POST', `/imports/${own.id}/match`, importQuery(own.address), {
    against: { import: against.id, sync: against.address.ref },
    keys,
  })
  if (isMatch(answer)) return answer
  throw new ActionServerError('not_understood', 'The answer on known keys has another shape.')
}

function isMatch(answer: unknown): answer is Match {
  return fitsSchema(MatchSchema, answer)
}
