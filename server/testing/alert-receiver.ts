import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type ReceivedAlert = { path: string; headers: Record<string, string>; body: string }

/** A receiver of alerts on loopback. Paths that begin with `/hang` are never answered, `/500` with that. */
export async function createAlertReceiver() {
  const received: ReceivedAlert[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = await text(request)
    received.push({ path, headers: request.headers as Record<string, string>, body })
    if (path.startsWith('/hang')) return
    response.writeHead(path.startsWith('/500') ? 500 : 200).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    received,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of: (path: string) => received.filter((entry) => entry.path === path),
    close(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}
