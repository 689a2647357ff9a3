import { LookerError } from './looker-error.ts'

/**
 * The result could not be fetched from Looker. The message is for the analyst; it names at most the origin of
 * the download URL, never its path or query, which are the credential. Not retried: the URL works only once.
 */
export class LookerDownloadError extends LookerError {
  override readonly name = 'LookerDownloadError'
}
