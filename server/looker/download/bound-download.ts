import { LookerError } from '../looker-error.ts'

/** Bytes and milliseconds of a download. */
type DownloadBounds = { bytes: number; milliseconds: number }

/**
 * No Look is so large: 50 million rows of 20 columns are 50 GB. Without a bound, a Looker that never ends its
 * answer would be read for ever.
 */
const DOWNLOAD_BOUNDS: DownloadBounds = { bytes: 128 * 1024 ** 3, milliseconds: 24 * 3_600_000 }

/**
 * Passes a result on until it is too large or takes too long; then its connection is freed.
 *
 * @throws LookerError from the iteration
 */
export async function* boundDownload(
  download: AsyncIterable<Uint8Array>,
  bounds: DownloadBounds = DOWNLOAD_BOUNDS,
): AsyncGenerator<Uint8Array, void> {
  const end = performance.now() + bounds.milliseconds
  let bytes = 0
  for await (const chunk of download) {
    bytes += chunk.length
    if (bytes > bounds.bytes) {
      throw new LookerError(
        `Looker's result is larger than ${Math.round(bounds.bytes / 1024 ** 3)} GB. Split the Look into several by a filter.`,
      )
    }
    if (performance.now() > end) {
      throw new LookerError(
        `Looker has been sending for more than ${Math.round(bounds.milliseconds / 3_600_000)} hours. Split the Look into several by a filter.`,
      )
    }
    yield chunk
  }
}
