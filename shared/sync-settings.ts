import { charactersAbove, isSoundText } from './characters.ts'
import { MAX_PROPERTY_CHARACTERS } from './heap-limits.ts'
import { isRecord } from './is-record.ts'
import type { PropertyNames } from './property-plan.ts'
import { NO_PROPERTY_NAMES } from './property-plan.ts'

export type PropertyType = 'user' | 'account'

/** What an analyst decided for a sync; Looker hands it to us as the form parameters of every delivery. */
export type SyncSettings = {
  environmentId: string
  propertyType: PropertyType
  /** Label, name or short label of the join key column. */
  joinKeyColumn: string
  /** Custom user property that the join key is matched with; null: Heap's identity (or the account ID). */
  joinProperty: string | null
  dryRun: boolean
  /** Above this share of rejected rows, in percent of the rows with a join key, a delivery is a failure. */
  maxRejectedPercent: number
  propertyNames: PropertyNames
  syncId?: string | null
}

/** A field of the form in Looker's Send and Schedule dialogs (Looker's Action API, form fields). */
export type FormField = {
  name: string
  label: string
  description: string
  type: 'string' | 'textarea' | 'select'
  required: boolean
  default?: string
  /** Looker asks for the form anew when it changes. */
  interactive?: boolean
  options?: { name: string; label: string }[]
}

/** Values as Looker sends them: strings, or nothing. A schedule made through its API may hold other JSON. */
export type FormParams = Record<string, unknown>

type Parsed<T> = { value: T } | { error: string }

type SyncField<T> = FormField & {
  /** Left out of the form and of the settings of account imports. */
  usersOnly?: boolean
  /** The setting for a trimmed text, which is empty when the field was left out. */
  parse: (text: string) => Parsed<T>
}

function field<T>(definition: SyncField<T>): SyncField<T> {
  return definition
}

/**
 * The one list of form fields: the form, its validation and its documentation come from here. The first
 * three names are those of Heap's own action, so that its schedules go on working.
 */
const FIELDS = {
  environmentId: field({
    name: 'env_id',
    label: 'Heap Environment ID',
    description: 'The number of the environment in Heap, under Account > Manage > Projects.',
    type: 'string',
    required: true,
    parse: (text) =>
      /^\d{1,20}$/.test(text)
        ? { value: text }
        : {
            error: 'Give the Heap Environment ID: digits only, as in Heap under Account > Manage > Projects.',
          },
  }),
  propertyType: field<PropertyType>({
    name: 'property_type',
    label: 'Property Type',
    description: 'What a row of the Look describes: a user or an account.',
    type: 'select',
    required: true,
    default: 'user',
    interactive: true,
    options: [
      { name: 'user', label: 'User' },
      { name: 'account', label: 'Account' },
    ],
    parse: (text) =>
      text === 'user' || text === 'account'
        ? { value: text }
        : { error: 'Choose the Property Type: User or Account.' },
  }),
  joinKeyColumn: field({
    name: 'heap_field',
    label: 'Join key column',
    description:
      'The column of the Look that identifies the user or account, as the results table shows it, for example "Users Email". Its values must be unique.',
    type: 'string',
    required: true,
    parse: (text) => {
      if (text === '') return { error: 'Give the column of the Look that is the join key.' }
      return isName(text) ? { value: text } : { error: 'The join key column is no name of a column.' }
    },
  }),
  joinProperty: field<string | null>({
    name: 'join_property',
    label: 'Match with user property (optional)',
    description:
      "Leave empty to match the join key with Heap's identity. Or give a custom user property that is unique per user, for example email; it must be set up in Heap under Integrations > Directory > Looker Data Import.",
    type: 'string',
    required: false,
    usersOnly: true,
    parse: (text) => {
      if (text === '' || text === 'identity') return { value: null }
      return isName(text)
        ? { value: text }
        : {
            error: `The user property has a name of more than ${MAX_PROPERTY_CHARACTERS} characters, or one that is not valid text.`,
          }
    },
  }),
  dryRun: field({
    name: 'dry_run',
    label: 'Dry run',
    description: 'Check and count every row without sending anything to Heap.',
    type: 'select',
    required: false,
    default: 'no',
    options: [
      { name: 'no', label: 'No' },
      { name: 'yes', label: 'Yes' },
    ],
    parse: (text) => {
      if (text === 'yes') return { value: true }
      return text === '' || text === 'no' ? { value: false } : { error: 'Dry run is either yes or no.' }
    },
  }),
  maxRejectedPercent: field({
    name: 'max_rejected_percent',
    label: 'Rejected rows allowed, in percent',
    description:
      'Above this share of rejected rows Looker reports the delivery as failed. 0 reports every rejected row. Rows without a join key do not count.',
    type: 'string',
    required: false,
    default: '0',
    parse: (text) => {
      const percent = text === '' ? 0 : Number(text)
      return /^[\d.]*$/.test(text) && percent >= 0 && percent <= 100
        ? { value: percent }
        : { error: 'The rejected rows allowed are a number from 0 to 100.' }
    },
  }),
  propertyNames: field({
    name: 'property_names',
    label: 'Property names (optional)',
    description:
      'JSON written by the Heap Data Import extension, for example {"rename":{"users.email":"email"},"exclude":["users.phone"]}. Leave empty to name properties like the columns.',
    type: 'textarea',
    required: false,
    parse: parsePropertyNames,
  }),
} satisfies { [K in Exclude<keyof SyncSettings, 'syncId'>]: SyncField<SyncSettings[K]> }

function isName(text: string): boolean {
  return charactersAbove(text, MAX_PROPERTY_CHARACTERS) === undefined && isSoundText(text)
}

function parsePropertyNames(text: string): Parsed<PropertyNames> {
  const error =
    'Property names must be JSON like {"rename":{"users.email":"email"},"exclude":["users.phone"]}, by column name. Empty it, or set the sync up anew in the extension.'
  if (text === '') return { value: NO_PROPERTY_NAMES }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { error }
  }
  if (!isRecord(json)) return { error }
  const { rename = {}, exclude = [] } = json
  if (!isRecord(rename) || !Object.values(rename).every((name) => typeof name === 'string')) return { error }
  if (!Array.isArray(exclude) || !exclude.every((name) => typeof name === 'string')) return { error }
  return { value: { rename: rename as Record<string, string>, exclude } }
}

const FIELD_LIST: readonly SyncField<SyncSettings[Exclude<keyof SyncSettings, 'syncId'>]>[] =
  Object.values(FIELDS)

/** The form for what has been filled in so far: an account import asks for no user property. */
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

/** Reads and checks the form parameters of a delivery. Unknown parameters are left alone. */
export function parseSettings(params: FormParams): ParsedSettings {
  const errors: Record<string, string> = {}

  function read<T>(definition: SyncField<T>): T | undefined {
    const parsed = definition.parse(readText(params, definition.name))
    if ('value' in parsed) return parsed.value
    errors[definition.name] = parsed.error
    return undefined
  }

  const environmentId = read(FIELDS.environmentId)
  const propertyType = read(FIELDS.propertyType)
  const joinKeyColumn = read(FIELDS.joinKeyColumn)
  const joinProperty = propertyType === 'account' ? null : read(FIELDS.joinProperty)
  const dryRun = read(FIELDS.dryRun)
  const maxRejectedPercent = read(FIELDS.maxRejectedPercent)
  const propertyNames = read(FIELDS.propertyNames)
  if (
    environmentId === undefined ||
    propertyType === undefined ||
    joinKeyColumn === undefined ||
    joinProperty === undefined ||
    dryRun === undefined ||
    maxRejectedPercent === undefined ||
    propertyNames === undefined
  ) {
    return { kind: 'invalid', errors }
  }
  const settings = {
    environmentId,
    propertyType,
    joinKeyColumn,
    joinProperty,
    dryRun,
    maxRejectedPercent,
    propertyNames,
  }
  return { kind: 'valid', settings }
}

function readText(params: FormParams, name: string): string {
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  if (value === undefined || value === null) return ''
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim()
}
