import ipaddr from 'ipaddr.js'

/** IPv6 addresses in use on the Internet; all others are special in some way (IANA, RFC 4291). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
/** Addresses that a DNS64 resolver makes of IPv4 ones (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/**
 * Is this an address on the public Internet? Private, loopback, link-local, shared, multicast, reserved and
 * tunnel addresses are not; an IPv4 address inside an IPv6 one is judged as IPv4.
 *
 * @param address IPv4, or IPv6 without brackets; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast'
  if (parsed.isIPv4MappedAddress() || parsed.match(NAT64)) {
    return isPublicAddress(new ipaddr.IPv4(parsed.toByteArray().slice(-4)).toString())
  }
  return parsed.match(GLOBAL_UNICAST) && parsed.range() === 'unicast'
}
