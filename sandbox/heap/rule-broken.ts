/** A request breaks a rule of Heap's documentation; answered with 400. */
export class RuleBroken extends Error {
  override name = 'RuleBroken'
}

export function readObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RuleBroken(`${what} must be an object`)
  }
  return value as Record<string, unknown>
}

/** A string of `least` to `most` characters that every UTF-8 reader can hold. */
export function readString(value: unknown, what: string, least: number, most: number): string {
  if (typeof value !== 'string') throw new RuleBroken(`${what} must be a string`)
  if (!value.isWellFormed()) throw new RuleBroken(`${what} is not valid Unicode`)
  if (value.length < least) throw new RuleBroken(`${what} must not be empty`)
  if (value.length > most && [...value].length > most) {
    throw new RuleBroken(`${what} must have at most ${most} characters`)
  }
  return value
}
