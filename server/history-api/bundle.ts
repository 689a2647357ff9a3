import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const DIRECTORY = join(import.meta.dirname, '..', '..', 'dist')

const NOT_BUILT = {
  success: false,
  error: 'The extension is not built. Run npm run build beside the server; no restart is needed.',
}

/** Looker asks again after this many seconds; then an unchanged bundle is answered with 304. */
const FRESH_SECONDS = 300

/**
 * `GET /extension/bundle.js`: the extension, built by `npm run build`. Looker loads it as a script from
 * another origin, a sandboxed one, so anybody may read it.
 */
export async function bundleRoute(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: DIRECTORY, serve: false })
  app.route({
    method: 'GET',
    url: '/extension/bundle.js',
    config: { operation: 'extensionBundle' },
    handler: (_request, reply) => {
      if (!existsSync(join(DIRECTORY, 'bundle.js'))) return reply.code(404).send(NOT_BUILT)
      reply.header('access-control-allow-origin', '*')
      reply.header('cross-origin-resource-policy', 'cross-origin')
      return reply.sendFile('bundle.js', { maxAge: FRESH_SECONDS * 1_000 })
    },
  })
}
