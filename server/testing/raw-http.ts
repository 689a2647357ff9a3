import { once } from 'node:events'
import { connect } from 'node:net'

type RawAnswer = {
  /** All that came until the connection ended. */
  text: string
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Sends bytes as they are, piece by piece, and takes what comes until the server ends the connection.
 *
 * @param pieces a rest is not sent once the server has ended
 */
export function sendRaw(
  url: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    let ended = false
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece
    })
    // A server that has refused a body may reset the connection.
    socket.on('error', () => undefined)
    const closed = new Promise<void>((close) => socket.once('close', close))
    void closed.then(() => {
      ended = true
      resolve(parse(text))
    })
    void send()

    async function send(): Promise<void> {
      for await (const piece of pieces) {
        if (ended) return
        if (!socket.write(piece)) {
          await Promise.race([once(socket, 'drain').catch(() => undefined), closed])
        }
      }
    }
  })
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(': ')
    return [name.toLowerCase(), value.join(': ')]
  })
  return {
    text,
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  }
}

/** Bytes as one chunk of a chunked body. */
export function chunk(content: string): string {
  return `${Buffer.byteLength(content).toString(16)}\r\n${content}\r\n`
}
