import type { IScheduledPlanDestination } from '@looker/sdk'
import { DELIVERY_FORMATS } from '../../action/formats.ts'
import type { FieldError } from '../api-error.ts'

/** How a plan names an action as its destination (observed by many; the documents know other types only). */
export const ACTION_DESTINATION = /^looker-integration:\/\/([^:]+::.+)$/

const OTHER_TYPES = ['email', 'webhook', 's3', 'sftp']

const FORMATS: readonly string[] = DELIVERY_FORMATS

/** Every member of a destination (API description 4.0.26.12); the first two are read-only and passed over. */
const MEMBERS = [
  'id',
  'looker_recipient',
  'scheduled_plan_id',
  'format',
  'apply_formatting',
  'apply_vis',
  'address',
  'type',
  'parameters',
  'secret_parameters',
  'message',
]

export function checkDestination(destination: IScheduledPlanDestination): FieldError[] {
  const { type, format, parameters, secret_parameters: secrets } = destination
  const errors = Object.keys(destination)
    .filter((member) => !MEMBERS.includes(member))
    .map((member) => wrong(member, 'is not a field of a destination'))
  if (!type) errors.push(wrong('type', 'is required', 'missing_field'))
  else if (!ACTION_DESTINATION.test(type) && !OTHER_TYPES.includes(type))
    errors.push(wrong('type', 'is invalid'))
  if (!format) errors.push(wrong('format', 'is required', 'missing_field'))
  else if (!FORMATS.includes(format)) errors.push(wrong('format', 'is invalid'))
  if (parameters !== undefined && parameters !== null && !readParameters(parameters)) {
    errors.push(wrong('parameters', 'must be a JSON string of an object'))
  }
  if (secrets !== undefined && secrets !== null && !readParameters(secrets)) {
    errors.push(wrong('secret_parameters', 'must be a JSON string of an object'))
  }
  return errors
}

/** The parameters of a destination, which are a JSON text of texts; undefined when they are not. */
export function readParameters(text: unknown): Record<string, string> | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
    const texts = Object.entries(json).map(([name, value]) => [name, String(value)])
    return Object.fromEntries(texts)
  } catch {
    return undefined
  }
}

function wrong(field: string, what: string, code = 'invalid'): FieldError {
  return { field: `scheduled_plan_destination.${field}`, code, message: `${field} ${what}` }
}
