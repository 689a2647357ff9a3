import { Pool } from 'undici'
import type { BenchLook } from '../looks/bench-look.ts'
import { readyBody } from '../looks/ready-body.ts'

// A process that sends ready bodies of 1,000 entities as fast as the wire allows, and does nothing else.

export type WireSettings = { heapUrl: string; look: BenchLook; requests: number; inFlight: number }

export type WireResult = { seconds: number; refused: number; cpuSeconds: number }

/** Of its own, so that what is counted there is not an import's. */
const ENVIRONMENT = '77'

const { heapUrl, look, requests, inFlight }: WireSettings = JSON.parse(process.argv[2] ?? '{}')
const bytes = readyBody(look, ENVIRONMENT)
const pool = new Pool(heapUrl, { connections: inFlight })
let left = 0
let refused = 0

async function send(): Promise<void> {
  const { statusCode, body: answer } = await pool.request({
    method: 'POST',
    path: '/api/add_user_properties',
    headers: { 'content-type': 'application/json' },
    body: bytes,
  })
  await answer.dump()
  if (statusCode !== 200) refused += 1
}

async function sendUntilDone(): Promise<void> {
  while (left > 0) {
    left -= 1
    await send()
  }
}

async function sendAll(count: number): Promise<void> {
  left = count
  await Promise.all(Array.from({ length: inFlight }, sendUntilDone))
}

// The connections are open by then, as the server's are.
await sendAll(inFlight)
const before = process.cpuUsage()
const start = performance.now()
await sendAll(requests)
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(before)
await pool.close()
process.send?.({ seconds, refused, cpuSeconds: (user + system) / 1e6 } satisfies WireResult)
