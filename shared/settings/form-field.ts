import type { Parsed } from './parsed.ts'

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

/** A form field with what its text means. */
export type SyncField<T> = FormField & {
  /** Left out of the form and of the settings of account imports. */
  usersOnly?: boolean
  /** The setting for a trimmed text, which is empty when the field was left out. */
  parse: (text: string) => Parsed<T>
}

/** Keeps the type of a field's setting in a list of many. */
export function field<T>(definition: SyncField<T>): SyncField<T> {
  return definition
}
