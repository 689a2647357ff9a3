import type { PropertyNames } from '../rows/property-plan.ts'
import type { FormField, SyncField } from './form-field.ts'
import type { MatchBy } from './match-by.ts'
import { JOIN_PROPERTY, joinPropertyError } from './match-by.ts'
import type { Send } from './send.ts'
import { sendError } from './send.ts'
import { SYNC_FIELDS } from './sync-fields.ts'
import { testRowsError } from './test-rows.ts'

export type PropertyType = 'user' | 'account'

/** What an analyst decided for a sync; Looker hands it to us as the form parameters of every delivery. */
export type SyncSettings = {
  environmentId: string
  propertyType: PropertyType
  /** Label, name or short label of the join key column. */
  joinKeyColumn: string
  /** Users only; of an account import always `identity`, which means the account ID there. */
  matchBy: MatchBy
  dryRun: boolean
  /** Above this share of rejected rows, in percent of the rows with a join key, a delivery is a failure. */
  maxRejectedPercent: number
  propertyNames: PropertyNames
  /** The text that an empty cell becomes; empty: Heap keeps the old value. */
  emptyValue: string
  /** Really send only so many of the first rows that can be sent; null: all. */
  testRows: number | null
  send: Send
  /** Random ID that the extension gives a sync once; null for what it has not set up. */
  syncId: string | null
  /**
   * `heap_action`: the delivery carries no parameter of ours, so its schedule was made for Heap's own action
   * for Looker and is sent as that would send it.
   */
  madeFor: 'heap_action' | 'this_action'
}

/** Values as Looker sends them: strings, or nothing. A schedule made through its API may hold other JSON. */
export type FormParams = Record<string, unknown>

const FIELDS = SYNC_FIELDS satisfies {
  [K in Exclude<keyof SyncSettings, 'madeFor'>]: SyncField<SyncSettings[K]>
}

/** The fields of Heap's own action, which it requires. */
const OF_HEAP_ACTION: readonly string[] = [
  FIELDS.environmentId.name,
  FIELDS.propertyType.name,
  FIELDS.joinKeyColumn.name,
]

const FIELD_LIST: readonly SyncField<SyncSettings[keyof SyncSettings]>[] = Object.values(FIELDS)

/** The form for what has been filled in so far: an account import asks for nothing to match users by. */
export function formFields(params: FormParams): FormField[] {
  const forAccounts = readText(params, FIELDS.propertyType.name) === 'account'
  return FIELD_LIST.filter((entry) => !(entry.usersOnly && forAccounts)).map(
    ({ parse: _parse, usersOnly: _usersOnly, ...shown }) => shown,
  )
}

export type ParsedSettings =
  | { kind: 'valid'; settings: SyncSettings }
  /** Field name -> what to change, in the order of the form. */
  | { kind: 'invalid'; errors: Record<string, string> }

/** Reads and checks the form parameters of a delivery. Parameters that are not ours are left alone. */
export function parseSettings(params: FormParams): ParsedSettings {
  const { settings, errors } = readSettings(params)
  return isComplete(settings) && Object.keys(errors).length === 0
    ? { kind: 'valid', settings }
    : { kind: 'invalid', errors }
}

/** What can be read of form parameters; a setting whose parameter is wrong is undefined. */
type ReadSettings = { [K in keyof SyncSettings]: SyncSettings[K] | undefined }

/** The same for those who mend settings: what can be read, beside what is wrong. */
export function readSettings(params: FormParams): {
  settings: ReadSettings
  errors: Record<string, string>
} {
  const errors: Record<string, string> = {}

  function read<T>(definition: SyncField<T>): T | undefined {
    const parsed = definition.parse(readText(params, definition.name))
    if ('value' in parsed) return parsed.value
    errors[definition.name] = parsed.error
    return undefined
  }

  /** For accounts there is nothing to choose, whatever an earlier choice has left behind. */
  function readMatchBy(propertyType: PropertyType | undefined): MatchBy | undefined {
    const matchBy = read(FIELDS.matchBy)
    if (propertyType === 'account') return matchBy && 'identity'
    if (readText(params, FIELDS.matchBy.name) !== '') return matchBy
    const error = joinPropertyError(readText(params, JOIN_PROPERTY))
    if (error !== null) {
      errors[JOIN_PROPERTY] = error
      return undefined
    }
    return madeFor === 'heap_action' ? 'heap_setup' : matchBy
  }

  function note(name: string, error: string | null): void {
    if (error !== null) errors[name] = error
  }

  const madeFor = isOurs(params) ? 'this_action' : 'heap_action'
  const environmentId = read(FIELDS.environmentId)
  const propertyType = read(FIELDS.propertyType)
  const settings = {
    environmentId,
    propertyType,
    joinKeyColumn: read(FIELDS.joinKeyColumn),
    matchBy: readMatchBy(propertyType),
    dryRun: read(FIELDS.dryRun),
    maxRejectedPercent: read(FIELDS.maxRejectedPercent),
    propertyNames: read(FIELDS.propertyNames),
    emptyValue: read(FIELDS.emptyValue),
    testRows: read(FIELDS.testRows),
    send: read(FIELDS.send),
    syncId: read(FIELDS.syncId),
    madeFor,
  } as const
  const { testRows, dryRun, send, syncId } = settings
  note(FIELDS.testRows.name, testRowsError(testRows, dryRun))
  note(FIELDS.send.name, sendError(send, syncId))
  return { settings, errors }
}

function isComplete(settings: ReadSettings): settings is SyncSettings {
  return Object.values(settings).every((value) => value !== undefined)
}

/** Does it carry a parameter that Heap's own action has not? Looker's own additions, as `format`, do not count. */
function isOurs(params: FormParams): boolean {
  const ours = FIELD_LIST.map(({ name }) => name).filter((name) => !OF_HEAP_ACTION.includes(name))
  return [...ours, JOIN_PROPERTY].some((name) => readValue(params, name) !== null)
}

function readText(params: FormParams, name: string): string {
  const value = readValue(params, name)
  if (value === null) return ''
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim()
}

/** Null for a parameter that is not there. */
function readValue(params: FormParams, name: string): unknown {
  return (Object.hasOwn(params, name) ? params[name] : null) ?? null
}
