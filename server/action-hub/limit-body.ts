import { setTimeout as sleep } from 'node:timers/promises'
import { LookerError } from '../looker/looker-error.ts'

/**
 * Passes a body on until it is too large or too long silent. When it is left early its stream stays open, so
 * that an answer can still be sent over the connection.
 *
 * @throws LookerError from the iteration
 */
export function limitBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  silenceMs: number,
): AsyncIterable<Uint8Array> {
  let bytes = 0

  async function next(chunks: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    const came = new AbortController()
    const silence = sleep(silenceMs, null, { signal: came.signal })
    const chunk = await Promise.race([chunks.next(), silence]).finally(() => {
      came.abort()
      silence.catch(() => undefined)
    })
    if (chunk === null) {
      throw new LookerError(
        `The request stopped in the middle, and nothing more came for ${silenceMs / 1_000} seconds. Send the Look again.`,
      )
    }
    if (!chunk.done) bytes += chunk.value.length
    if (bytes > maxBytes) {
      throw new LookerError('The request is larger than the action server takes.', 'too-large')
    }
    return chunk
  }

  return {
    [Symbol.asyncIterator]() {
      const chunks = body[Symbol.asyncIterator]()
      return { next: () => next(chunks) }
    },
  }
}
