import { boundDownload } from '../../looker/download/bound-download.ts'
import { openDownload } from '../../looker/download/download.ts'
import type { RowSource } from '../delivery.ts'
import { DeliveryError } from '../delivery-error.ts'

/** The bytes of a result whose first ones have come; to be iterated or closed. */
type OpenedRows = AsyncIterable<Uint8Array> & { close: () => Promise<void> }

/**
 * Opens the rows of a delivery and waits for their first byte: Looker runs the query when they are asked for,
 * which may take minutes.
 *
 * @param origins of LOOKER_URL
 * @throws DeliveryError, LookerError
 */
export async function openRows(
  source: RowSource,
  origins: readonly string[],
  stopping: AbortSignal,
): Promise<OpenedRows> {
  switch (source.kind) {
    case 'attachment':
      return afterFirstByte(source.open())
    case 'download':
      return afterFirstByte(boundDownload(await openDownload(source.url, { origins, signal: stopping })))
    case 'nowhere':
      throw new DeliveryError(
        'Looker sent no data along. Check that the Look returns rows, and send it again.',
      )
  }
}

async function afterFirstByte(bytes: AsyncIterable<Uint8Array>): Promise<OpenedRows> {
  const iterator = bytes[Symbol.asyncIterator]()
  const close = async () => {
    await iterator.return?.()
  }
  const first = await iterator.next()

  async function* iterate(): AsyncGenerator<Uint8Array, void> {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value
    } finally {
      await close()
    }
  }
  const chunks = iterate()
  return { [Symbol.asyncIterator]: () => chunks, close }
}
