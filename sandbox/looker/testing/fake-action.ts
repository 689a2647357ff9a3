import type { FastifyRequest } from 'fastify'
import Fastify from 'fastify'

export type FakeActionOptions = {
  listing?: (origin: string) => unknown
  form?: (body: unknown) => unknown
  /** The whole answer to an execute: status, and what is written piece by piece. */
  execute?: (payload: unknown) => Promise<{ status?: number; pieces: string[] }>
}

/** An action hub for tests of the Looker stand-in; it remembers what it was asked. */
export async function startFakeAction(options: FakeActionOptions = {}) {
  const app = Fastify({ bodyLimit: 10_000_000 })
  const requests: { url: string; headers: FastifyRequest['headers']; body: unknown }[] = []
  let origin = ''
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body === '' ? null : JSON.parse(String(body))),
  )
  app.addHook('preHandler', async ({ url, headers, body }) => {
    requests.push({ url, headers, body })
  })
  app.post('/', async () => (options.listing ?? validListing)(origin))
  app.post('/form', async ({ body }) => options.form?.(body) ?? { fields: [{ name: 'env_id' }] })
  app.post('/execute', async ({ body }, reply) => {
    const answer = await options.execute?.(body)
    const { status = 200, pieces } = answer ?? { pieces: ['{"looker":{"success":true,"message":"ok"}}'] }
    reply.hijack()
    reply.raw.writeHead(status, { 'content-type': 'application/json' })
    for (const piece of pieces) {
      reply.raw.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    reply.raw.end()
    return reply
  })
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { origin, requests, close: () => app.close() }
}

export function validListing(origin: string) {
  return {
    label: 'Heap data import',
    integrations: [
      {
        name: 'heap',
        label: 'Heap',
        description: 'Adds properties.',
        params: [],
        url: `${origin}/execute`,
        form_url: `${origin}/form`,
        supported_action_types: ['query'],
        supported_formats: ['json_detail_lite_stream'],
        supported_formattings: ['unformatted'],
        supported_visualization_formattings: ['noapply'],
        supported_download_settings: ['url', 'push'],
        uses_oauth: false,
        delegate_oauth: false,
      },
    ],
  }
}
