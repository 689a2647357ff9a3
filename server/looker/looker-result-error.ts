import { LookerError } from './looker-error.ts'

/**
 * Looker's result cannot be imported. The message is for the analyst: what went wrong and what to do, without
 * cell values and without SQL. Not retried: the download URL can be used only once.
 */
export class LookerResultError extends LookerError {
  override readonly name = 'LookerResultError'
}
