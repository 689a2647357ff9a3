import type { IScheduledPlanDestination } from '@looker/sdk'
import { DELIVERY_FORMATS } from '../formats.ts'
import type { FieldError } from './api-error.ts'

/** How a plan names an action as its destination (observed by many; the documents know other types only). */
export const ACTION_DESTINATION = /^looker-integration:\/\/([^:]+::.+)$/

const OTHER_TYPES = ['email', 'webhook', 's3', 'sftp']

const FORMATS: readonly string[] = DELIVERY_FORMATS

export function checkDestination(destination: IScheduledPlanDestination): FieldError[] {
  const { type, format, parameters } = destination
  const errors: FieldError[] = []
  if (!type) errors.push(wrong('type', 'is required', 'missing_field'))
  else if (!ACTION_DESTINATION.test(type) && !OTHER_TYPES.includes(type))
    errors.push(wrong('type', 'is invalid'))
  if (!format) errors.push(wrong('format', 'is required', 'missing_field'))
  else if (!FORMATS.includes(format)) errors.push(wrong('format', 'is invalid'))
  if (parameters !== undefined && parameters !== null && !readParameters(parameters)) {
    errors.push(wrong('parameters', 'must be a JSON string of an object'))
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
