import type { FormParams, ParsedSettings } from '../../shared/sync-settings.ts'
import { parseSettings } from '../../shared/sync-settings.ts'
import type { Draft } from './draft.ts'

/**
 * The draft as the form parameters of Looker's schedule, by the names of `shared/sync-settings.ts`.
 *
 * @param dryRun for a check of the rows, whatever the draft says
 */
export function formParams(draft: Draft, dryRun: boolean): Record<string, string> {
  const { rename, exclude } = draft.propertyNames
  const changed = Object.keys(rename).length > 0 || exclude.length > 0
  const joinProperty = joinPropertyOf(draft)
  return {
    env_id: draft.environmentId.trim(),
    property_type: draft.propertyType,
    heap_field: draft.joinKey,
    ...(joinProperty === null ? {} : { join_property: joinProperty }),
    dry_run: dryRun || draft.dryRun ? 'yes' : 'no',
    max_rejected_percent: draft.maxRejectedPercent.trim() || '0',
    ...(changed ? { property_names: JSON.stringify({ rename, exclude }) } : {}),
  }
}

/** The custom user property the join key is matched with; null for identity and for accounts. */
export function joinPropertyOf(draft: Draft): string | null {
  return draft.propertyType === 'user' && draft.matchWith === 'property' ? draft.joinProperty.trim() : null
}

/** The draft's settings by the rules that the server applies to every delivery. */
export function checkSettings(draft: Draft): ParsedSettings {
  const parsed = parseSettings(formParams(draft, false))
  if (joinPropertyOf(draft) !== '') return parsed
  // An empty name would silently mean Heap's identity.
  const error = { join_property: 'Give the name of the user property, as Heap shows it.' }
  return parsed.kind === 'invalid'
    ? { kind: 'invalid', errors: { ...parsed.errors, ...error } }
    : { kind: 'invalid', errors: error }
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
