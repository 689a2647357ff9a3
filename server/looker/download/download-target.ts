import { isIP } from 'node:net'
import { LookerError } from '../looker-error.ts'
import { isPublicAddress } from './public-address.ts'

/** Where a download may go: to Looker's listed origins anywhere, or, when none is listed, to the public Internet. */
export type DownloadTarget = { url: URL; publicOnly: boolean }

/** Of a host name in DNS; the host stands in messages. */
const LONGEST_HOST = 255

/**
 * Checks a download URL, or where one redirects to. A host name is checked again when it is resolved: see
 * `guardedLookup`.
 *
 * @param origins of LOOKER_URL, such as `https://acme.cloud.looker.com`
 * @throws LookerError
 */
export function checkTarget(address: string, origins: readonly string[]): DownloadTarget {
  const url = URL.canParse(address) ? new URL(address) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === null || !isWeb || url.hostname.length > LONGEST_HOST) {
    throw new LookerError('The download address that Looker sent is not a web address.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new LookerError('The download address that Looker sent holds a user name, which is refused.')
  }
  if (origins.length > 0) {
    if (origins.includes(url.origin)) return { url, publicOnly: false }
    throw new LookerError(
      `The download address belongs to ${url.origin}, which is not among the Looker addresses this server knows. If it is your Looker, ask the server's administrator to add it to LOOKER_URL.`,
    )
  }
  if (url.protocol !== 'https:') {
    throw new LookerError(
      `The download address belongs to ${url.origin}, which is not https. If it is your Looker, ask the server's administrator to add it to LOOKER_URL.`,
    )
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(url.origin)
  return { url, publicOnly: true }
}

export function notPublic(origin: string): LookerError {
  return new LookerError(
    `The download address belongs to ${origin}, which is not on the public Internet. If it is your Looker, ask the server's administrator to add it to LOOKER_URL.`,
  )
}
