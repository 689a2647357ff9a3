import type { FastifyRequest } from 'fastify'

/** A request as it is logged: what stands after the path may be a sync_id or a join key that is searched for. */
export function serializeRequest({ method, url, host, ip }: FastifyRequest) {
  return { method, url: url.replace(/\?.*$/s, '?…'), host, remoteAddress: ip }
}
