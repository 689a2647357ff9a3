import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import type { ExtensionSource } from '../extension-source.ts'
import { findExtension } from '../extension-source.ts'
import { frameDocument, framePolicy } from './frame-document.ts'
import { readProjectFile } from './project-files.ts'

/**
 * The second origin of an instance, from which it serves the documents of extensions' frames and the bundles
 * that are files of a LookML project.
 */
export function createFrameServer(source: ExtensionSource) {
  const app = Fastify({ forceCloseConnections: true })
  let origin = ''

  app.get<{ Params: { id: string } }>('/frame/:id', async (request, reply) => {
    const extension = await findExtension(source, request.params.id)
    if (!extension) return reply.code(404).send({ message: 'Not found' })
    const { bundle } = extension
    const scriptUrl = bundle.kind === 'url' ? bundle.url : `${origin}/files/${bundle.file}`
    const nonce = randomBytes(12).toString('base64')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', framePolicy(extension, scriptUrl, nonce))
      .header('cache-control', 'no-store')
      .send(frameDocument(extension, scriptUrl, nonce))
  })

  app.get<{ Params: { '*': string } }>('/files/*', async (request, reply) => {
    const found = await readProjectFile(source, request.params['*'])
    if (!found) return reply.code(404).send({ message: 'Not found' })
    reply.type(found.contentType).header('cache-control', 'no-store')
    // Only what has a hash needs to be readable; whether Looker allows more is unknown.
    const { applications } = await source.manifest()
    if (applications.some(({ sriHash }) => sriHash !== null)) {
      reply.header('access-control-allow-origin', '*')
    }
    return reply.send(found.content)
  })

  return {
    /** @returns the URL below which the documents are, by the ids of their extensions */
    async listen(port = 0, host = '127.0.0.1'): Promise<string> {
      origin = await app.listen({ host, port })
      return `${origin}/frame`
    },
    close: () => app.close(),
  }
}
