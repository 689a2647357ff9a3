/** The properties of a field of @looker/components that show an error; none without one. */
export function fieldError(message: string | undefined) {
  return message === undefined ? {} : { validationMessage: { type: 'error' as const, message } }
}
