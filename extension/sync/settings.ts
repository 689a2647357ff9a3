import type { MatchBy } from '../../shared/settings/match-by.ts'
import { MATCH_BY_WORDS } from '../../shared/settings/match-by.ts'
import type { FormParams, ParsedSettings, PropertyType } from '../../shared/settings/sync-settings.ts'
import { parseSettings } from '../../shared/settings/sync-settings.ts'
import type { Draft } from './draft.ts'

/**
 * The draft as the form parameters of Looker's schedule, by the names of `shared/settings/sync-fields.ts`.
 *
 * @param dryRun for a check of the rows, whatever the draft says; it is no delivery of the sync
 */
export function formParams(draft: Draft, dryRun: boolean): Record<string, string> {
  const { rename, exclude } = draft.propertyNames
  const changed = Object.keys(rename).length > 0 || exclude.length > 0
  return {
    env_id: draft.environmentId.trim(),
    property_type: draft.propertyType,
    heap_field: draft.joinKey,
    ...(draft.propertyType === 'user' && draft.matchBy !== null ? { match_by: draft.matchBy } : {}),
    dry_run: dryRun || draft.dryRun ? 'yes' : 'no',
    max_rejected_percent: draft.maxRejectedPercent.trim() || '0',
    ...(changed ? { property_names: JSON.stringify({ rename, exclude }) } : {}),
    ...(draft.emptyValue === '' ? {} : { empty_value: draft.emptyValue }),
    // What was sent before is known by the ID of the sync.
    ...(draft.send === 'all' || draft.syncId === null || dryRun ? {} : { send: draft.send }),
    ...(draft.syncId === null || dryRun ? {} : { sync_id: draft.syncId }),
  }
}

/** What the join key is compared with in Heap, in the words of the form. */
export function matchedBy(propertyType: PropertyType, matchBy: MatchBy | null): string {
  if (propertyType === 'account') return 'Heap account ID'
  return matchBy === null ? '-' : MATCH_BY_WORDS[matchBy]
}

/** The draft's settings by the rules that the server applies to every delivery. */
export function checkSettings(draft: Draft): ParsedSettings {
  const parsed = parseSettings(formParams(draft, false))
  if (draft.propertyType === 'account' || draft.matchBy !== null) return parsed
  // Nothing chosen would silently mean Heap's identity.
  const { identity, heap_setup: heapSetUp } = MATCH_BY_WORDS
  const error = { match_by: `Choose what to match by: "${identity}" or "${heapSetUp}".` }
  return { kind: 'invalid', errors: parsed.kind === 'invalid' ? { ...parsed.errors, ...error } : error }
}

/** Reads the parameters of a destination, a JSON text; empty when they cannot be read. */
export function readParameters(text: string | null | undefined): FormParams {
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}
