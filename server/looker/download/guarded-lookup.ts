import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { notPublic } from './download-target.ts'
import { isPublicAddress } from './public-address.ts'

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

/**
 * A `lookup` for sockets that refuses a host with any address that is not public. Since the socket connects to
 * the very addresses that were judged, a DNS answer that changes afterwards does not matter.
 *
 * @param origin for the message
 */
export function guardedLookup(resolve: Resolve, publicOnly: boolean, origin: string): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (publicOnly && !addresses.every(({ address }) => isPublicAddress(address))) {
          callback(notPublic(origin), '')
        } else if (first === undefined) {
          callback(Object.assign(new Error('The host has no address.'), { code: 'ENOTFOUND' }), '')
        } else if (options.all) {
          callback(null, addresses)
        } else {
          callback(null, first.address, first.family)
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}
