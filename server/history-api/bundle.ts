import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { BundleForms, Encoding } from './bundle-forms.ts'
import { createBundleReader, ENCODINGS } from './bundle-forms.ts'

const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'bundle.js')

const NOT_BUILT = {
  success: false,
  error: 'The extension is not built. Run npm run build beside the server; no restart is needed.',
}

/** Looker asks again after this many seconds; then an unchanged bundle is answered with 304. */
const FRESH_SECONDS = 300

/** An address with the hash of what it answers is good for ever. */
const YEAR_SECONDS = 365 * 86_400

/**
 * `GET /extension/bundle.js`: the extension, built by `npm run build`. Looker loads it as a script from
 * another origin, a sandboxed one, so anybody may read it. With `?v=<hash>` it may be kept for ever.
 *
 * @param path where the bundle is, for tests
 */
export async function bundleRoute(app: FastifyInstance, { path = BUNDLE }: { path?: string }): Promise<void> {
  const read = createBundleReader(path)
  app.route<{ Querystring: { v?: string } }>({
    method: 'GET',
    url: '/extension/bundle.js',
    config: { operation: 'extensionBundle' },
    handler: async (request, reply) => {
      const bundle = await read()
      if (bundle === null) return reply.code(404).send(NOT_BUILT)
      return answer(request, reply, bundle, request.query.v)
    },
  })
}

function answer(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { hash, bytes }: BundleForms,
  version: string | undefined,
): FastifyReply {
  const encoding = chooseEncoding(headers['accept-encoding'])
  const etag = `"${hash}-${encoding}"`
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('vary', 'accept-encoding')
    .header('etag', etag)
    .header(
      'cache-control',
      version === hash ? `public, max-age=${YEAR_SECONDS}, immutable` : `public, max-age=${FRESH_SECONDS}`,
    )
  if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type('text/javascript; charset=utf-8').send(bytes[encoding])
}

/** The best one that the caller takes (RFC 9110, 12.5.3); the plain text where he says nothing or nothing known. */
export function chooseEncoding(header: string | undefined): Encoding {
  const weights = new Map<string, number>()
  for (const entry of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0)
  }
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? weights.get('*') ?? 0
  return ENCODINGS.find((encoding) => encoding !== 'identity' && weightOf(encoding) > 0) ?? 'identity'
}

/** Proxies that compress themselves mark a tag as weak. */
function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
