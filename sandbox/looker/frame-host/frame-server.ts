import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import Fastify from 'fastify'
import type { ExtensionSource } from './extension-source.ts'
import { frameDocument, framePolicy } from './frame-document.ts'

export type FrameServer = ReturnType<typeof createFrameServer>

/**
 * The second origin of an instance, from which it serves the documents of extensions' frames and the bundles
 * that are files of a LookML project.
 */
export function createFrameServer({ manifest, directory }: ExtensionSource) {
  const app = Fastify({ forceCloseConnections: true })
  let origin = ''

  app.get('/frame', async (_request, reply) => {
    const extension = await manifest()
    const { bundle } = extension
    const scriptUrl = bundle.kind === 'url' ? bundle.url : `${origin}/files/${bundle.file}`
    const nonce = randomBytes(12).toString('base64')
    reply.header('content-security-policy', framePolicy(extension, scriptUrl, nonce))
    reply.header('cache-control', 'no-store')
    // The framework would add a charset, which the real document is not known to have.
    reply
      .hijack()
      .raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'text/html' } as Record<string, string>)
    reply.raw.end(frameDocument(extension, scriptUrl, nonce))
    return reply
  })

  app.get<{ Params: { '*': string } }>('/files/*', async (request, reply) => {
    const { bundle } = await manifest()
    const file = request.params['*']
    if (bundle.kind !== 'file' || file !== bundle.file) return reply.code(404).send({ message: 'Not found' })
    const text = await readFile(path.join(directory, file)).catch(() => undefined)
    if (!text) return reply.code(404).send({ message: `There is no ${file} in the project; is it built?` })
    // Without a charset a browser takes the frame's, as with the real host.
    return reply.header('content-type', 'text/javascript').header('cache-control', 'no-store').send(text)
  })

  return {
    /** @returns the URL of the frame's document */
    async listen(port = 0, host = '127.0.0.1'): Promise<string> {
      origin = await app.listen({ host, port })
      return `${origin}/frame`
    },
    close: () => app.close(),
  }
}
