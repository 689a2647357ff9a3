import { lookup } from 'node:dns/promises'
import { Client } from 'undici'
import { checkTarget } from '../looker/download/download-target.ts'
import { guardedLookup } from '../looker/download/guarded-lookup.ts'

const TIMEOUT_MILLISECONDS = 10_000

type Post = {
  url: string
  headers: Record<string, string>
  body: string
  /** Origins that may be anywhere, also inside; others must be https and public, as downloads must. */
  allowedOrigins: readonly string[]
  timeoutMs?: number
}

/**
 * Posts once. Redirects are not followed: a receiver could lead us to an address inside.
 *
 * @throws Error unless the answer is a 2xx; its text holds no part of the address, which may be a secret
 */
export async function postSafely(post: Post): Promise<void> {
  const { timeoutMs = TIMEOUT_MILLISECONDS } = post
  const origin = new URL(post.url).origin
  const allowed = post.allowedOrigins.includes(origin) ? [origin] : []
  const target = tryCheck(post.url, allowed)
  const client = new Client(target.url.origin, {
    allowH2: false,
    connect: {
      timeout: timeoutMs,
      lookup: guardedLookup((host) => lookup(host, { all: true }), target.publicOnly, target.url.origin),
    },
  })
  try {
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: target.url.pathname + target.url.search,
      headers: { 'content-type': 'application/json', ...post.headers },
      body: post.body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    await body.dump()
    if (statusCode < 200 || statusCode > 299) throw new AlertError(`the receiver answered HTTP ${statusCode}`)
  } catch (error) {
    if (error instanceof AlertError) throw error
    throw new AlertError(`the receiver could not be reached (${nameOf(error)})`)
  } finally {
    await client.destroy()
  }
}

/** An alert that was not sent. It is tried again. */
export class AlertError extends Error {
  override readonly name = 'AlertError'
}

function tryCheck(url: string, origins: readonly string[]) {
  try {
    return checkTarget(url, origins)
  } catch {
    throw new AlertError('the address of the receiver is not https on the public Internet')
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
