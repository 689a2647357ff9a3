import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** The wanted port of this machine, or the next free one; 0: any free one. */
export async function freePort(wanted = 0): Promise<number> {
  for (let port = wanted; ; port += 1) {
    const free = await tryPort(port)
    if (free !== undefined) return free
    if (port >= wanted + 100) throw new Error(`No port from ${wanted} to ${port} is free.`)
  }
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  const address = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return address.port
}
