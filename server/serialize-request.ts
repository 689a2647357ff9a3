import type { FastifyRequest } from 'fastify'
import { shorten } from '../shared/text/shorten.ts'

/** A request as it is logged: without sync_ids, in the path as well, and join keys that are searched for. */
export function serializeRequest({ method, url, host, ip }: FastifyRequest) {
  return {
    method,
    url: shorten(url.replace(/\?.*$/s, '?…').replace(/(\/syncs\/)[^/?]+/, '$1…')),
    host: shorten(host, 100),
    remoteAddress: ip,
  }
}
