import { shorten } from '../../shared/text/shorten.ts'

/** Names of columns may have any length; a message goes into a mail. */
const MAX_MESSAGE = 2_000

/**
 * A delivery that cannot be imported as it is configured. The message goes to the analyst through Looker and
 * says what to change; it holds no cell value. Never retried.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError'

  constructor(message: string) {
    super(shorten(message, MAX_MESSAGE))
  }
}
