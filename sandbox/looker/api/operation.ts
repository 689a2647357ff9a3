import type { LookerInstance } from './instance.ts'
import type { LookerUser } from './users.ts'

/** One call of Looker's API, as the stand-in's operations see it. */
export type ApiCall = {
  instance: LookerInstance
  user: LookerUser
  /** Values of the path's `{parameters}`, decoded. */
  path: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  body: unknown
}

/**
 * One operation of Looker's API 4.0. Its name is the SDK's method and the entitlement of an extension. What
 * it answers is written as JSON, a `TextResult` as it is, undefined as 204.
 */
export type Operation = {
  name: string
  verb: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/looks/{look_id}` */
  path: string
  handle: (call: ApiCall) => unknown
}

/** An answer that is text already. */
export class TextResult {
  readonly type: string
  readonly text: string

  constructor(type: string, text: string) {
    this.type = type
    this.text = text
  }
}

/** A path parameter, which the router has found for sure. */
export function pathParameter({ path }: ApiCall, name: string): string {
  return path[name] ?? ''
}

/** Boolean parameters accept only `true` and `false`, as Looker documents it; anything else counts as not given. */
export function booleanParameter({ query }: ApiCall, name: string): boolean | undefined {
  const text = query[name]
  return text === 'true' ? true : text === 'false' ? false : undefined
}

export function numberParameter({ query }: ApiCall, name: string): number | undefined {
  const text = query[name]
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}

/** The body as an object; anything else is one without keys. */
export function bodyObject({ body }: ApiCall): Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
}
