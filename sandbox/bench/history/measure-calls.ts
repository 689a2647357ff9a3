import type { AccessToken } from '../../../shared/api/access-token.ts'
import { syncIdOf } from './fill-history.ts'

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
    'an import with many rejected rows': (turn) => importCall(1 + (turn % 10)),
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
    const text = await answer.text()
    times.push(performance.now() - begin)
    if (answer.status !== 200) throw new Error(`${path(turn)}: ${answer.status} ${text.slice(0, 200)}`)
  }
  return times
}

async function accessToken(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await answer.json()) as AccessToken).accessToken
}
