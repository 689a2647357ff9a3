import type { AccessToken } from '../../../shared/api/access-token.ts'
import { LARGE_IMPORTS, syncIdOf } from './fill-history.ts'

type Calls = { syncs: number; imports: number; origin: string }

/** What the extension asks for, each with another place in the history every time. */
export function historyCalls({ syncs, imports, origin }: Calls): Record<string, (turn: number) => string> {
  const host = `host=${encodeURIComponent(origin)}`
  const sync = (turn: number) => 1 + ((turn * 7) % syncs)
  const ids = (turn: number) =>
    Array.from({ length: 100 }, (_, index) => syncIdOf(1 + ((turn + index) % syncs)))
  const since = encodeURIComponent(new Date(Date.now() - 7 * 24 * 3_600_000).toISOString())
  // As the history is filled: which sync a number is of.
  const ofImport = (number: number) => (number % 5 === 0 ? 1 : 1 + (number % syncs))
  const importCall = (number: number) => `/imports/${number}?sync=${syncIdOf(ofImport(number))}&${host}`
  const large = (turn: number) => 1 + (turn % LARGE_IMPORTS)
  /** A number whose row was rejected in the import of this turn. */
  const keyOf = (turn: number) => turn * LARGE_IMPORTS + large(turn) - 1
  const rejectedCall = (turn: number, query: string, form = '') =>
    `/imports/${large(turn)}/rejected-rows${form}?sync=${syncIdOf(ofImport(large(turn)))}&${host}&${query}`
  return {
    'one sync': (turn) => `/syncs?ids=${syncIdOf(sync(turn))}&${host}`,
    '100 syncs': (turn) => `/syncs?ids=${ids(turn).join(',')}&${host}`,
    'imports of a sync': (turn) => `/syncs/${syncIdOf(sync(turn))}/imports?${host}`,
    'imports of the largest sync, failed ones': () =>
      `/syncs/${syncIdOf(1)}/imports?state=failed&limit=100&${host}`,
    'imports of the largest sync, running ones': () =>
      `/syncs/${syncIdOf(1)}/imports?state=running&limit=100&${host}`,
    'imports of the largest sync, before a week ago': () =>
      `/syncs/${syncIdOf(1)}/imports?to=${since}&limit=100&${host}`,
    'an import': (turn) => importCall(1 + ((turn * 997) % imports)),
    'an import with many rejected rows': (turn) => importCall(1 + (turn % LARGE_IMPORTS)),
    'rejected rows of a reason': (turn) =>
      rejectedCall(
        turn,
        `reason=${turn % 2 === 0 ? 'heap_refused' : 'join_key_duplicate'}&cursor=${turn * 1_000}`,
      ),
    'rejected rows by the beginning of a key': (turn) => rejectedCall(turn, `key=person${1 + (turn % 90)}`),
    'rejected rows by a key': (turn) =>
      rejectedCall(turn, `key=person${keyOf(turn)}%40example.com&match=exact`),
    'the first page of rejected rows as CSV': (turn) => rejectedCall(turn, '', '.csv'),
  }
}

/** Calls one address after the other. @returns milliseconds of each. @throws Error for an answer that is none */
export async function timeCalls(
  url: string,
  token: string,
  path: (turn: number) => string,
  turns: number,
): Promise<number[]> {
  const headers = { authorization: `Bearer ${await accessToken(url, token)}` }
  const times: number[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const begin = performance.now()
    const answer = await fetch(`${url}/api/v1${path(turn)}`, { headers })
    const text = path(turn).includes('.csv?') ? await firstPiece(answer) : await answer.text()
    times.push(performance.now() - begin)
    if (answer.status !== 200) throw new Error(`${path(turn)}: ${answer.status} ${text.slice(0, 200)}`)
  }
  return times
}

/** Of a text that is long: the rest is not asked for, and the server stops reading its rows. */
async function firstPiece({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const piece = await reader?.read()
  await reader?.cancel()
  return piece?.value ? new TextDecoder().decode(piece.value) : ''
}

async function accessToken(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await answer.json()) as AccessToken).accessToken
}
