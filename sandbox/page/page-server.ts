import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fastify } from 'fastify'
import type { LookerStandIn } from '../looker/looker-stand-in.ts'
import type { HeapQuery } from './heap-state.ts'
import { fetchHeapState, resetHeap, setHeapFaults } from './heap-state.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import { renderDeliveries } from './render-deliveries.ts'
import type { FormValues } from './render-form.ts'
import { renderForm } from './render-form.ts'
import { renderHeap } from './render-heap.ts'
import { renderPage } from './render-page.ts'
import { readSendRequest, suggestedValues } from './send-request.ts'
import { HEAP_MOODS, planOf } from './trouble.ts'

export type PageServerOptions = { looker: LookerStandIn; heapUrl: string; serverUrl: string }

/** Looker's Send dialog and history and Heap's contents on one page. */
export function createPageServer({ looker, heapUrl, serverUrl }: PageServerOptions) {
  const app = fastify({ forceCloseConnections: true })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.setErrorHandler<Error>((error, _request, reply) =>
    reply.code(500).type('text/plain').send(error.message),
  )

  for (const [name, type] of [
    ['page.css', 'text/css'],
    ['page.js', 'text/javascript'],
  ] as const) {
    app.get(`/${name}`, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).send(await readFile(new URL(name, import.meta.url))),
    )
  }

  app.get<{ Querystring: HeapQuery }>('/', async ({ query }, reply) => {
    const [form, heap] = await Promise.all([showForm({}), showHeap(query)])
    const deliveries = renderDeliveries(looker.history(), looker.looks)
    return sendHtml(reply, renderPage({ form, deliveries, heap, query, serverUrl, heapUrl }))
  })
  app.get<{ Querystring: FormValues }>('/fragments/form', async ({ query }, reply) =>
    sendHtml(reply, await showForm(query)),
  )
  app.get('/fragments/deliveries', (_request, reply) =>
    sendHtml(reply, renderDeliveries(looker.history(), looker.looks)),
  )
  app.get<{ Querystring: HeapQuery }>('/fragments/heap', async ({ query }, reply) =>
    sendHtml(reply, await showHeap(query)),
  )

  app.post<{ Body: FormValues }>('/deliveries', async (request, reply) => {
    const { lookId, formParams, options } = readSendRequest(request.body)
    await setHeapFaults(heapUrl, planOf(HEAP_MOODS, request.body.mood))
    void looker.deliver(lookId, formParams, options)
    return done(request, reply)
  })
  app.post<{ Params: { id: string } }>('/deliveries/:id/repeat', async (request, reply) => {
    const record = looker.history().find(({ id }) => String(id) === request.params.id)
    if (!record) return reply.code(404).type('text/plain').send('There is no such delivery.')
    const { lookId, formParams, planId, mode, format } = record
    void looker.deliver(lookId, formParams, { planId, mode, format })
    return done(request, reply)
  })
  app.post('/heap/reset', async (request, reply) => {
    await resetHeap(heapUrl)
    return done(request, reply)
  })

  async function showForm(chosen: FormValues): Promise<Html> {
    const look = looker.looks.find(({ id }) => id === chosen.look) ?? looker.looks[0]
    if (!look) return html`<p class="empty">There are no Looks.</p>`
    const values = Object.keys(chosen).length > 1 ? chosen : suggestedValues(look)
    const form = await looker.form(readSendRequest(values).formParams).catch((error: Error) => ({
      kind: 'error' as const,
      message: error.message,
    }))
    return renderForm({ looks: looker.looks, look, values, form })
  }

  async function showHeap(query: HeapQuery): Promise<Html> {
    return renderHeap(await fetchHeapState(heapUrl, query))
  }

  return app
}

function sendHtml(reply: FastifyReply, { markup }: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup)
}

/** The script wants no page as an answer; a browser without it goes back to the page. */
function done(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return request.headers.accept === 'text/plain' ? reply.code(204).send() : reply.redirect('/', 303)
}
