/** What can go wrong with a result on its way from Looker. */
export type ResultFault =
  /** The connection ends in order, but the document does not. */
  | { kind: 'truncated'; afterRows: number }
  /** The connection is reset. */
  | { kind: 'reset'; afterRows: number }
  /** A page instead of JSON, with status 200, as a proxy or a login in between sends it. */
  | { kind: 'html' }
  | { kind: 'status'; status: number }
  /** The head comes and then nothing, with the connection open. */
  | { kind: 'stalled' }

export const LOGIN_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form action="/login"></form></body></html>\n'

/** What a fault can be done to, besides the text. */
type FaultyConnection = {
  /** Resets the connection (TCP RST, not an orderly end). */
  reset: () => void
  /** Aborted when the reader has gone. */
  closed: AbortSignal
}

/**
 * Lets a fault happen to a result that is being written.
 *
 * @param rowsWritten how many rows the pieces so far hold
 */
export async function* applyFault(
  result: AsyncIterable<string>,
  fault: ResultFault | undefined,
  rowsWritten: () => number,
  connection: FaultyConnection,
): AsyncGenerator<string, void> {
  for await (const piece of result) {
    const cutHere =
      (fault?.kind === 'truncated' || fault?.kind === 'reset') && rowsWritten() >= fault.afterRows
    yield cutHere ? piece.slice(0, Math.ceil(piece.length / 2)) : piece
    if (cutHere && fault?.kind === 'reset') connection.reset()
    if (cutHere) return
    if (fault?.kind === 'stalled') return aborted(connection.closed)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
