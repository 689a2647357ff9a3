import Fastify from 'fastify'
import type { BuiltFixture } from '../fixture/build-fixture.ts'

export type Backend = Awaited<ReturnType<typeof startBackend>>

/** What the test extension calls through the proxies; it allows the origins that it is told. */
export async function startBackend({ script, chunk }: BuiltFixture) {
  const app = Fastify()
  const allowed = new Set<string>()
  const seen: { url: string; headers: Record<string, unknown>; body: unknown }[] = []
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  app.addHook('onRequest', async (request, reply) => {
    const { origin = '' } = request.headers
    if (allowed.has(origin)) {
      reply.header('access-control-allow-origin', origin)
      reply.header('access-control-allow-headers', 'authorization,content-type')
    }
    if (request.method === 'OPTIONS') reply.code(204).send()
  })
  // A server that says nothing of the charset: the document's counts. The framework would add one.
  for (const [name, text] of [
    ['bundle.js', script],
    ['chunk.js', chunk],
  ] as const) {
    app.get(`/elsewhere/${name}`, (_request, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/javascript' })
      reply.raw.end(text)
    })
  }
  app.all('/*', async ({ url, headers, body }, reply) => {
    seen.push({ url, headers, body })
    if (url.startsWith('/text')) return reply.type('text/plain').send('plain')
    return reply.code(url.startsWith('/teapot') ? 418 : 200).send({ hello: 'extension' })
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { origin, allowed, seen, close: () => app.close() }
}
