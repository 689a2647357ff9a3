import { lookup } from 'node:dns/promises'
import type { Dispatcher } from 'undici'
import { Client } from 'undici'
import { LookerError } from '../looker-error.ts'
import type { DownloadTimeouts } from './download-faults.ts'
import { cancelled, describeFailure, describeStatus } from './download-faults.ts'
import type { DownloadTarget } from './download-target.ts'
import { checkTarget } from './download-target.ts'
import type { Resolve } from './guarded-lookup.ts'
import { guardedLookup } from './guarded-lookup.ts'

/**
 * Looker runs the query when the URL is fetched, so that minutes may pass in silence. Looker's own reference hub
 * waits 13 minutes (ACTION_HUB_STREAM_REQUEST_TIMEOUT, 780,000 ms), before the first byte as well as later.
 */
const DEFAULT_TIMEOUTS: DownloadTimeouts = { connectMs: 10_000, firstByteMs: 780_000, idleMs: 780_000 }

/** Keeps the connection open in NATs and load balancers while the query runs. */
const TCP_KEEP_ALIVE_MS = 30_000

const MAX_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]

export type DownloadOptions = {
  /** The origins of LOOKER_URL. Without any, only https and public addresses are allowed. */
  origins: readonly string[]
  signal?: AbortSignal
  timeouts?: Partial<DownloadTimeouts>
  resolve?: Resolve
}

/** A result on its way. Its connection is freed at the end, at an error, and when the iteration is left. */
export type Download = AsyncIterable<Uint8Array> & {
  /** Frees the connection of a download that is not iterated. */
  close: () => Promise<void>
}

/**
 * Fetches Looker's one-time download URL: one GET, never repeated, since the URL works only once. Redirects are
 * followed by hand, so that each hop is checked.
 *
 * @throws LookerError, from here and from the iteration
 */
export async function openDownload(address: string, options: DownloadOptions): Promise<Download> {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  let target = checkTarget(address, options.origins)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { client, response } = await fetchOnce(target, timeouts, options)
    try {
      const { statusCode, headers } = response
      if (!REDIRECTS.includes(statusCode)) {
        checkResponse(statusCode, headers['content-encoding'])
        return toDownload(client, response, target.url.origin, timeouts, options.signal)
      }
      target = checkTarget(redirectAddress(headers.location, target.url), options.origins)
    } catch (error) {
      await discard(client)
      throw error
    }
    await discard(client)
  }
  throw new LookerError(
    `Looker redirected the download more than ${MAX_REDIRECTS} times. Ask the server's administrator to check LOOKER_URL.`,
  )
}

type Exchange = { client: Client; response: Dispatcher.ResponseData }

async function fetchOnce(
  { url, publicOnly }: DownloadTarget,
  timeouts: DownloadTimeouts,
  { signal, resolve = resolveAll }: DownloadOptions,
): Promise<Exchange> {
  const client = new Client(url.origin, {
    allowH2: false,
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.idleMs,
    connect: {
      timeout: timeouts.connectMs,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      lookup: guardedLookup(resolve, publicOnly, url.origin),
    },
  })
  try {
    const response = await client.request({
      method: 'GET',
      path: url.pathname + url.search,
      headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      signal: signal ?? null,
    })
    return { client, response }
  } catch (error) {
    await discard(client)
    throw signal?.aborted ? cancelled() : describeFailure(error, url.origin, timeouts, false)
  }
}

function resolveAll(hostname: string) {
  return lookup(hostname, { all: true })
}

function redirectAddress(location: string | string[] | undefined, from: URL): string {
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) {
    throw new LookerError('Looker redirected the download to no valid address. Send the Look again.')
  }
  return new URL(location, from).href
}

function checkResponse(status: number, encoding: string | string[] | undefined): void {
  if (status !== 200) throw describeStatus(status)
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw new LookerError(
      'The result came compressed, although it was asked for as it is. Switch off compression in the proxy before Looker.',
    )
  }
}

function toDownload(
  client: Client,
  { body }: Dispatcher.ResponseData,
  origin: string,
  timeouts: DownloadTimeouts,
  signal: AbortSignal | undefined,
): Download {
  // An error between opening and reading would otherwise end the process; the iteration reports it all the same.
  body.on('error', () => {})

  async function* iterate(): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const chunk of body) yield chunk as Buffer
    } catch (error) {
      throw signal?.aborted ? cancelled() : describeFailure(error, origin, timeouts, true)
    } finally {
      await discard(client)
    }
  }

  const chunks = iterate()
  return { [Symbol.asyncIterator]: () => chunks, close: () => discard(client) }
}

async function discard(client: Client): Promise<void> {
  await client.destroy()
}
