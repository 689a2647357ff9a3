import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'

/** Proxies drop connections that are silent for 30 s and more; white space before JSON is legal. */
const NEWLINE_MILLISECONDS = 25_000

/**
 * Answers 200 at once and goes on sending newlines until the result is there, which may take minutes. The
 * response is ended whatever happens.
 *
 * @param work makes the JSON answer; when it rejects, `onError` makes it
 */
export async function answerWhenDone(
  reply: FastifyReply,
  work: () => Promise<object>,
  onError: (error: unknown) => object,
  newlineMilliseconds = NEWLINE_MILLISECONDS,
): Promise<void> {
  reply.hijack()
  const response = reply.raw
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // A body that was refused half-way is left unread; such a connection cannot be used again.
    connection: 'close',
  })
  const newlines = setInterval(() => response.write('\n'), newlineMilliseconds)
  try {
    response.write(JSON.stringify(await work()))
  } catch (error) {
    response.write(JSON.stringify(onError(error)))
  } finally {
    clearInterval(newlines)
    await discardRest(reply.request.raw, reply.server.limits.lingerMs)
    response.end()
  }
}

/**
 * Reads on for a moment what nobody wants: a connection that is closed with unread data is reset, and then
 * the answer may get lost.
 */
async function discardRest(request: IncomingMessage, milliseconds: number): Promise<void> {
  if (request.complete || request.destroyed) return
  request.on('readable', () => {
    while (request.read() !== null);
  })
  const late = AbortSignal.timeout(milliseconds)
  await finished(request, { signal: late, writable: false }).catch(() => undefined)
}
