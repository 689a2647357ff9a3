import type { IValidationErrorDetail } from '@looker/sdk'
import type { ApiUnknowns } from './unknowns.ts'

export type FieldError = Pick<IValidationErrorDetail, 'field' | 'code' | 'message'>

/** Looker's API refuses a call; none is worth a retry. */
export class LookerApiError extends Error {
  override name = 'LookerApiError'
  readonly status: number
  readonly errors: readonly FieldError[]

  constructor(status: number, message: string, errors: readonly FieldError[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

/** Looker says the same of what does not exist and of what the user may not see. */
export function notFound(): LookerApiError {
  return new LookerApiError(404, 'Not found')
}

/** To a user who may not: 403 is documented for projects only. */
export function refusal({ refusal: kind }: ApiUnknowns): LookerApiError {
  return kind === 'not_found' ? notFound() : new LookerApiError(400, 'Bad Request')
}

/** @param what follows the field's name: `is not a valid timezone` */
export function invalidField(field: string, what: string): FieldError {
  return { field, code: 'invalid', message: `${field} ${what}` }
}

export function invalid(errors: readonly FieldError[]): LookerApiError {
  return new LookerApiError(422, 'Validation Failed', errors)
}

/**
 * The body of an error. An extension does not learn the status; it stands in the link only.
 *
 * @param operation verb and path, `get/looks/:look_id`
 */
export function errorBody({ status, message, errors }: LookerApiError, operation: string) {
  const link = `https://cloud.google.com/looker/docs/r/err/4.0/${status}/${operation}`
  const details = errors.map((error) => ({ ...error, documentation_url: link }))
  return { message, ...(details.length > 0 ? { errors: details } : {}), documentation_url: link }
}
