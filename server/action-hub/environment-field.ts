import type { FormField } from '../../shared/settings/form-field.ts'
import { SYNC_FIELDS } from '../../shared/settings/sync-fields.ts'
import type { WritableEnvironments } from '../connections/writable-environments.ts'
import { environmentFault, environmentLabel } from '../connections/writable-environments.ts'

const { name: ENVIRONMENT } = SYNC_FIELDS.environmentId

/**
 * The form with a select of the environments that may be written, where the server knows them. What is chosen
 * but may not be written is said, since Looker shows such a choice as none.
 *
 * @param chosen what the form holds; Looker is tolerant about types, so it may be a number
 */
export function withEnvironments(
  fields: FormField[],
  writable: WritableEnvironments,
  chosen: unknown,
): FormField[] {
  if (writable === null) return fields
  return fields.map((field) => (field.name === ENVIRONMENT ? toSelect(field, writable, chosen) : field))
}

function toSelect(field: FormField, writable: NonNullable<WritableEnvironments>, chosen: unknown): FormField {
  const text = typeof chosen === 'string' || typeof chosen === 'number' ? String(chosen).trim() : ''
  const fault = /^\d+$/.test(text) ? environmentFault(writable, text) : null
  const [only, ...others] = writable
  return {
    ...field,
    label: 'Heap environment',
    description: fault ?? 'The environment of Heap that the rows go into.',
    type: 'select',
    options: writable.map((entry) => ({ name: entry.id, label: environmentLabel(entry) })),
    ...(only && others.length === 0 ? { default: only.id } : {}),
  }
}
