import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEY_DIGITS, KEY_END, KEY_START } from '../looks/row-blocks.ts'

/** What stands before the join key of an entity, by endpoint (documented; the last as Heap's own action has it). */
const BEFORE_KEY = new Map([
  ['/api/add_user_properties', '"identity":"'],
  ['/api/add_account_properties', '"account_id":"'],
  ['/api/integrations/add_user_properties', '"user_identifier":{"email":"'],
])

/** Stands behind the number in every join key and nowhere else, so that it is what is looked for. */
const AFTER_NUMBER = KEY_END.charCodeAt(0)

const ZERO = 0x30

/** What one environment was sent of users, or of accounts. */
export type Taken = {
  /** Entities, those that came again too. */
  entities: number
  /** Rows that were sent at least once. */
  rows: number
  requests: number
  bytes: number
}

export const NOTHING_TAKEN: Taken = { entities: 0, rows: 0, requests: 0, bytes: 0 }

/**
 * Heap for benchmarks: it looks for the join keys of the benchmark's Looks in what it is sent, and remembers of
 * each row, by the number in its key, that it has come. It reads nothing else, so that it costs next to nothing;
 * what is no entity of such a Look is refused, which fails the import.
 */
export function createCountingHeap(latencyMs: number) {
  const places = new Map<string, Taken & { seen: Uint8Array }>()

  function place(name: string) {
    const known = places.get(name) ?? { ...NOTHING_TAKEN, seen: new Uint8Array(1 << 20) }
    places.set(name, known)
    return known
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const path = request.url ?? ''
    const before = BEFORE_KEY.get(path)
    const body = Buffer.concat(pieces)
    const id = /"app_id":"(\d+)"/.exec(body.toString('latin1', 0, 200))?.[1]
    if (latencyMs > 0) await sleep(latencyMs)
    const entities =
      before === undefined || id === undefined ? 0 : take(place(placeName(id, path)), body, before)
    const status = entities === 0 ? 400 : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '{}' : '')
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 60_000

  return {
    /** @returns the base URL */
    async listen(): Promise<string> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    taken: (environmentId: string, propertyType: string): Taken => {
      const name = placeName(environmentId, propertyType)
      const { entities, rows, requests, bytes } = places.get(name) ?? NOTHING_TAKEN
      return { entities, rows, requests, bytes }
    },
  }
}

/** @param word of users or of accounts: an endpoint or a property type */
function placeName(environmentId: string, word: string): string {
  return `${word.includes('account') ? 'accounts' : 'users'} of ${environmentId}`
}

/** @returns how many entities there are in it */
function take(taken: Taken & { seen: Uint8Array }, body: Buffer, beforeKey: string): number {
  const start = Buffer.from(beforeKey + KEY_START)
  let entities = 0
  for (let at = body.indexOf(AFTER_NUMBER); at !== -1; at = body.indexOf(AFTER_NUMBER, at + 1)) {
    const number = at - KEY_DIGITS
    if (!standsAt(body, start, number - start.length)) continue
    const row = readNumber(body, number)
    taken.seen = withRoom(taken.seen, row)
    if (taken.seen[row] === 0) taken.rows += 1
    taken.seen[row] = 1
    entities += 1
  }
  if (entities === 0) return 0
  taken.entities += entities
  taken.requests += 1
  taken.bytes += body.length
  return entities
}

function standsAt(body: Buffer, text: Buffer, at: number): boolean {
  for (let index = 0; index < text.length; index += 1) if (body[at + index] !== text[index]) return false
  return true
}

function readNumber(body: Buffer, at: number): number {
  let number = 0
  for (let index = 0; index < KEY_DIGITS; index += 1) number = number * 10 + (body[at + index] ?? 0) - ZERO
  return number
}

function withRoom(seen: Uint8Array, row: number): Uint8Array {
  if (row < seen.length) return seen
  const larger = new Uint8Array(Math.max(row + 1, seen.length * 2))
  larger.set(seen)
  return larger
}
