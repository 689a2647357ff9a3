import { shorten } from '../../shared/import-message.ts'

/** Names that come from outside may have any length; a message goes into a mail. */
const MAX_MESSAGE = 2_000

/**
 * What Looker handed over cannot be fetched or read: the base of this folder's errors. The message is for the
 * analyst: it says what to do, and holds no cell values, no SQL and no download URL.
 */
export class LookerError extends Error {
  override readonly name: string = 'LookerError'

  constructor(message: string) {
    super(shorten(message, MAX_MESSAGE))
  }
}
