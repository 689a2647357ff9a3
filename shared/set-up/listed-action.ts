import { isRecord } from '../is-record.ts'
import { ACTION } from './installed-names.ts'

/**
 * The address of our action's `execute` in the answer to `POST /`; null: that is not our server's listing. It tells
 * where the server takes itself to be.
 */
export function listedAction(body: unknown): string | null {
  const listed = isRecord(body) && Array.isArray(body.integrations) ? body.integrations : []
  const ours = listed.find((entry) => isRecord(entry) && entry.name === ACTION)
  return isRecord(ours) && typeof ours.url === 'string' ? ours.url : null
}
