import type { ContextDataRequest } from './extension-requests.ts'
import type { HostUnknowns } from './host-unknowns.ts'

/** About as much as Looker keeps for an extension (documented by Looker). */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * Context data is one JSON text for all users of an extension; the last one to write wins (documented by
 * Looker). What nobody has saved is falsy, not an empty object: extensions of Looker's own rely on it. The
 * SDK saves a falsy value as no text at all.
 *
 * @param kept context data by the ids of extensions
 * @throws Error for more than Looker keeps; its text is our own
 */
export function answerContextData(
  kept: Map<string, string>,
  extensionId: string,
  { type, contextData }: ContextDataRequest,
  { neverSaved }: Pick<HostUnknowns, 'neverSaved'>,
): string | null | undefined {
  if (type === 'save') {
    if (Buffer.byteLength(contextData ?? '') > MOST_BYTES) {
      throw new Error('Context data may have 16 MB at most')
    }
    if (contextData) kept.set(extensionId, contextData)
    else kept.delete(extensionId)
  }
  return kept.get(extensionId) ?? (neverSaved === 'null' ? null : undefined)
}
