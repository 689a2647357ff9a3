import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Ranges that Fastify knows by name. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal']

const FORM =
  'Write the addresses of your proxies, separated by commas: 10.0.0.7, 172.16.0.0/12, or loopback, linklocal, uniquelocal.'

/**
 * The proxies of TRUST_PROXY, whose X-Forwarded-For says who calls; false: nobody's does.
 *
 * @throws Error that says what to change
 */
export function parseTrustProxy(text: string | undefined): string[] | false {
  if (!text?.trim()) return false
  return text.split(',').map((entry) => {
    const proxy = entry.trim()
    if (NAMES.includes(proxy) || isIP(proxy) !== 0 || isRange(proxy)) {
      if (/\/0+$/.test(proxy)) {
        throw new Error('TRUST_PROXY must not trust every address: anybody could then say who he is.')
      }
      return proxy
    }
    throw new Error(`TRUST_PROXY has ${JSON.stringify(proxy)}, which is no address. ${FORM}`)
  })
}

function isRange(text: string): boolean {
  return isIP(text.split('/')[0] ?? '') !== 0 && ipaddr.isValidCIDR(text)
}
