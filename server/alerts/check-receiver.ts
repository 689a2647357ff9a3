import { lookup } from 'node:dns/promises'
import { checkTarget } from '../looker/download/download-target.ts'
import { isPublicAddress } from '../looker/download/public-address.ts'

/** Of an address in a form. */
const LONGEST = 2_000

const NOT_PUBLIC =
  'must be an https address on the public Internet, without a user name, whose host is known: look for a slip of the pen'

/**
 * What is wrong with the address of a receiver; null: nothing. It is judged as when a message is sent, which is when it
 * counts: names of hosts can change. The text holds no part of the address.
 *
 * @param allowedOrigins that may be anywhere, also inside
 */
export async function receiverFault(url: string, allowedOrigins: readonly string[]): Promise<string | null> {
  if (url.length > LONGEST) return `must be no longer than ${LONGEST} characters`
  if (!URL.canParse(url)) return 'must be a web address, such as https://example.com/hook'
  const { origin, hostname } = new URL(url)
  try {
    const { publicOnly } = checkTarget(url, allowedOrigins.includes(origin) ? [origin] : [])
    if (!publicOnly) return null
  } catch {
    return NOT_PUBLIC
  }
  // One text for a name that nobody knows and one of a place inside: else names inside could be found out.
  try {
    const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true })
    return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address))
      ? null
      : NOT_PUBLIC
  } catch {
    return NOT_PUBLIC
  }
}
