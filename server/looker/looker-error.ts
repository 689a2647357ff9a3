import { shorten } from '../../shared/text/shorten.ts'

/** Names that come from outside may have any length; a message goes into a mail. */
const MAX_MESSAGE = 2_000

/**
 * Why bytes cannot be read as JSON:
 * `ended` they broke off, `syntax` it is no JSON, `depth` nested too deeply, `size` over a limit, `encoding` no UTF-8.
 */
export type JsonFault = 'ended' | 'syntax' | 'depth' | 'size' | 'encoding'

/**
 * `refused`: the message says it all. `too-large`: more than is taken (HTTP 413). The others are of the JSON
 * stream; the readers above it know what was being read and say that instead.
 */
type LookerErrorKind = 'refused' | 'too-large' | JsonFault

/**
 * What Looker handed over cannot be fetched or read; nothing else is thrown for that here. The message is for
 * the analyst: it says what to do, and holds no cell values, no SQL, and of a download URL at most the origin,
 * as the rest is the credential. Not retried: a download URL works only once.
 */
export class LookerError extends Error {
  override readonly name = 'LookerError'
  readonly kind: LookerErrorKind

  constructor(message: string, kind: LookerErrorKind = 'refused') {
    super(shorten(message, MAX_MESSAGE))
    this.kind = kind
  }
}
