/**
 * A delivery that cannot be imported as it is configured. The message goes to the analyst through Looker and
 * says what to change; it holds no cell value. Never retried.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
}
