import { isRecord } from '../../shared/is-record.ts'
import type { PropertyNames } from '../../shared/rows/property-plan.ts'
import { NO_PROPERTY_NAMES } from '../../shared/rows/property-plan.ts'
import type { MatchBy } from '../../shared/settings/match-by.ts'
import type { Send } from '../../shared/settings/send.ts'
import type { PropertyType } from '../../shared/settings/sync-settings.ts'
import type { Schedule } from './schedule.ts'
import { defaultSchedule } from './schedule.ts'

/** Told of the first rows of a Look and one column of it. */
export type KeyRisk = { joinKey: string; text: string; understood: boolean }

/** A sync as far as the analyst has come with it. Texts are as typed; empty means not decided yet. */
export type Draft = {
  look: { id: string; title: string } | null
  /** Column name, `users.email`. */
  joinKey: string
  propertyType: PropertyType
  /** Counts only for users; null when a sync that is edited has none that still exists. */
  matchBy: MatchBy | null
  environmentId: string
  propertyNames: PropertyNames
  /** The text that an empty cell becomes; empty: Heap keeps the old value. */
  emptyValue: string
  send: Send
  /** What speaks so much against the join key that it has to be understood; null: nothing does. */
  keyRisk: KeyRisk | null
  /** The Look by whose columns type and join key were preselected; null: by none yet. */
  guessedFor: string | null
  schedule: Schedule
  timezone: string
  sendAllResults: boolean
  maxRejectedPercent: string
  /** Every delivery checks and counts its rows and sends none. */
  dryRun: boolean
  /** Random ID by which the imports of the sync are found; null until it is given one. */
  syncId: string | null
  /** Name of the scheduled plan; empty for the default. */
  name: string
  /** `<hub id>::heap`; null until there is a choice to make. */
  actionId: string | null
}

/** Raised when the shape changes: older drafts are dropped, as they spare a minute of typing at most. */
const VERSION = 3

export function emptyDraft(timezone: string): Draft {
  return {
    look: null,
    joinKey: '',
    propertyType: 'user',
    matchBy: 'identity',
    environmentId: '',
    propertyNames: NO_PROPERTY_NAMES,
    emptyValue: '',
    send: 'all',
    keyRisk: null,
    guessedFor: null,
    schedule: defaultSchedule('daily'),
    timezone,
    sendAllResults: true,
    maxRejectedPercent: '0',
    dryRun: false,
    syncId: null,
    name: '',
    actionId: null,
  }
}

/** Another Look has other columns, so everything that names columns is forgotten. */
export function withLook(draft: Draft, look: { id: string; title: string }): Draft {
  if (draft.look?.id === look.id) return { ...draft, look }
  return {
    ...draft,
    look,
    joinKey: '',
    keyRisk: null,
    guessedFor: null,
    propertyNames: NO_PROPERTY_NAMES,
    name: '',
  }
}

/** A sync gets its ID once: one that has it keeps it, whatever is changed about the sync. */
export function withSyncId(draft: Draft): Draft {
  return draft.syncId === null ? { ...draft, syncId: crypto.randomUUID() } : draft
}

export function syncName(draft: Draft): string {
  return draft.name.trim() || `${draft.look?.title ?? 'Look'} to Heap`
}

/** @param base what an edit started from; null for a new sync */
export function writeDraft(draft: Draft, base: Draft | null = null): string {
  return JSON.stringify({ version: VERSION, draft, base })
}

/**
 * Null when there is none, one that this version does not know, or changes to a sync that has changed since:
 * saving those would undo what somebody else did.
 */
export function readDraft(text: string | null, base: Draft | null = null): Draft | null {
  if (!text) return null
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(stored) || stored.version !== VERSION || !isRecord(stored.draft)) return null
  const empty = emptyDraft('UTC')
  if (JSON.stringify(stored.base ?? null) !== JSON.stringify(base)) return null
  const complete = Object.keys(empty).every((key) => Object.hasOwn(stored.draft as object, key))
  return complete ? (stored.draft as Draft) : null
}
