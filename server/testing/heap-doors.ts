import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'

/**
 * Opens several ports to one Heap, one for each server process, so that requests tell who sent them; and
 * measures from within Heap how many requests of an environment are under way at once.
 */
export async function openHeapDoors(heap: HeapStandIn, count: number) {
  const requestsByPort = new Map<number, number>()
  const underWay = new Map<string, number>()
  const most = new Map<string, number>()

  heap.app.addHook('preHandler', async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) return
    const port = request.raw.socket.localPort ?? 0
    requestsByPort.set(port, (requestsByPort.get(port) ?? 0) + 1)
    const environment = /"app_id":"(\d+)"/.exec(request.body.toString('latin1'))?.[1] ?? ''
    const now = (underWay.get(environment) ?? 0) + 1
    underWay.set(environment, now)
    most.set(environment, Math.max(most.get(environment) ?? 0, now))
    reply.raw.once('close', () => underWay.set(environment, (underWay.get(environment) ?? 0) - 1))
  })
  await heap.app.ready()
  const doors = await Promise.all(Array.from({ length: count }, () => openDoor(heap)))
  const ports = doors.map((door) => (door.address() as AddressInfo).port)

  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    /** Requests that came in by each door so far. */
    requests: () => ports.map((port) => requestsByPort.get(port) ?? 0),
    /** Most requests of an environment that were under way at once. */
    mostAtOnce: (environment: string) => most.get(environment) ?? 0,
    async close(): Promise<void> {
      for (const door of doors) door.closeAllConnections()
      await Promise.all(doors.map((door) => new Promise((resolve) => door.close(resolve))))
    },
  }
}

async function openDoor(heap: HeapStandIn): Promise<Server> {
  const door = createServer((request, response) => heap.app.routing(request, response))
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  return door
}
