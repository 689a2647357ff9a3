import type { FastifyRequest } from 'fastify'

/** A request as it is logged: without sync_ids, in the path as well, and join keys that are searched for. */
export function serializeRequest({ method, url, host, ip }: FastifyRequest) {
  return {
    method,
    url: url.replace(/\?.*$/s, '?…').replace(/(\/syncs\/)[^/?]+/, '$1…'),
    host,
    remoteAddress: ip,
  }
}
