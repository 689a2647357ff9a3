import type { UserAttribute } from '../../frame-host/user-attributes.ts'
import type { FieldError } from '../api-error.ts'
import { invalid } from '../api-error.ts'

/** Types of a user attribute (API description 4.0.26.12). */
const TYPES = [
  'string',
  'number',
  'datetime',
  'yesno',
  'zipcode',
  'advanced_filter_string',
  'advanced_filter_number',
]

const TEXTS = ['name', 'label', 'type', 'default_value', 'hidden_value_domain_whitelist'] as const
const SWITCHES = ['value_is_hidden', 'user_can_view', 'user_can_edit'] as const

/** What may be written of an attribute; other keys are passed over. @throws LookerApiError 422 */
export function readAttribute(body: Readonly<Record<string, unknown>>): Partial<UserAttribute> {
  const errors: FieldError[] = [...wrong(body, TEXTS, 'string'), ...wrong(body, SWITCHES, 'boolean')]
  const { name, type } = body
  if (typeof name === 'string' && !/^[a-z0-9_]+$/.test(name)) {
    errors.push({ field: 'name', code: 'invalid', message: 'name may have letters, digits and _ only' })
  }
  if (typeof type === 'string' && !TYPES.includes(type)) {
    errors.push({ field: 'type', code: 'invalid', message: `type is not one of ${TYPES.join(', ')}` })
  }
  if (errors.length > 0) throw invalid(errors)
  const { hidden_value_domain_whitelist: list, ...rest } = pick(body, [...TEXTS, ...SWITCHES])
  return {
    ...rest,
    ...(typeof list === 'string' ? { hidden_value_domain_whitelist: readAllowlist(list) } : {}),
  }
}

/** URL patterns with commas between them (seen in public Terraform states). */
function readAllowlist(text: string): string[] {
  return text
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
}

function wrong(
  body: Readonly<Record<string, unknown>>,
  names: readonly string[],
  type: 'string' | 'boolean',
): FieldError[] {
  return names
    .filter((name) => body[name] !== undefined && body[name] !== null && typeof body[name] !== type)
    .map((field) => ({ field, code: 'invalid', message: `${field} must be a ${type}` }))
}

function pick(body: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => body[name] !== undefined && body[name] !== null).map((name) => [name, body[name]]),
  )
}
