/**
 * - `no_url`: the extension does not know where the action server is
 * - `unreachable`: no answer, or a proxy's instead of the server's
 * - `unauthorized`: the secret is missing or is not the server's
 * - `not_entitled`: the manifest does not list the server's URL
 * - `not_understood`: the answer has not the shape that this version knows
 * - `refused`: the server answered an error of its own
 */
export type ActionServerErrorKind =
  | 'no_url'
  | 'unreachable'
  | 'unauthorized'
  | 'not_entitled'
  | 'not_understood'
  | 'refused'

/** A request that the action server did not carry out. None is retried on its own. */
export class ActionServerError extends Error {
  override readonly name = 'ActionServerError'
  readonly kind: ActionServerErrorKind
  /** The server's code for it, see `docs/error-codes.md`. */
  readonly code: string | null

  constructor(kind: ActionServerErrorKind, message: string, code: string | null = null) {
    super(message)
    this.kind = kind
    this.code = code
  }
}
