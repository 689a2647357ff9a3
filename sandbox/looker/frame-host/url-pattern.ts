/**
 * Is a URL one of those that a manifest lists? A pattern without a path is a whole origin, one that ends with
 * a slash all that is below it, as in a content security policy, and `*` stands for any text. https is
 * needed, but for servers on this machine.
 */
export function matchesUrl(pattern: string, url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, href, origin, pathname } = new URL(url)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return false
  const [, patternOrigin = '', patternPath = ''] = /^([a-z]+:\/\/[^/]+)(.*)$/i.exec(pattern) ?? []
  if (!wildcard(patternOrigin).test(origin)) return false
  if (patternPath === '' || patternPath === '/') return true
  if (patternPath.endsWith('/')) return pathname.startsWith(patternPath)
  return wildcard(patternPath).test(pathname) || wildcard(patternPath).test(href.slice(origin.length))
}

/** A server on the developer's machine, such as `https://localhost:8080/bundle.js`. */
export function isDevelopmentServer(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`, 'i')
}
