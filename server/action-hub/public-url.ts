import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** The base of the URLs that Looker is given, without a slash at the end: PUBLIC_URL, or this machine's. */
export function publicUrl(app: FastifyInstance): string {
  if (app.config.publicUrl) return app.config.publicUrl
  const address = app.server.address() as AddressInfo | null
  return `http://localhost:${address?.port ?? app.config.port}`
}
