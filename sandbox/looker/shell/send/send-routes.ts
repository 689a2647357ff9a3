import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CheckedForm } from '../../action/action-form.ts'
import type { DeliverOptions } from '../../delivering/deliver.ts'
import type { DeliveryRecord } from '../../delivering/delivery-record.ts'
import type { Look } from '../../look.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { Frame } from '../layout.ts'
import { renderLayout } from '../layout.ts'
import { renderDeliveries } from '../render-deliveries.ts'
import { sendHtml } from '../send-html.ts'
import type { HeapQuery } from './heap-state.ts'
import { fetchHeapState, resetHeap, setHeapFaults } from './heap-state.ts'
import type { FormValues } from './render-form.ts'
import { renderForm } from './render-form.ts'
import { renderHeap } from './render-heap.ts'
import { renderSendPage } from './render-send-page.ts'
import { readSendRequest, suggestedValues } from './send-request.ts'
import { HEAP_MOODS, planOf } from './trouble.ts'

type SendRoutesOptions = {
  looks: readonly Look[]
  heapUrl: string
  serverUrl: string
  shellFrame: (request: FastifyRequest) => Promise<Frame>
  history: () => readonly DeliveryRecord[]
  form: (formParams: Record<string, string>) => Promise<CheckedForm>
  deliver: (
    lookId: string,
    formParams: Record<string, string>,
    options: DeliverOptions,
  ) => Promise<DeliveryRecord>
}

/** Looker's Send dialog for the sample Looks, its history and Heap's contents on one page. */
export function addSendRoutes(app: FastifyInstance, options: SendRoutesOptions): void {
  const { looks, heapUrl, serverUrl, shellFrame, history, deliver } = options
  app.get('/assets/send-page.js', async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .send(await readFile(new URL('send-page.js', import.meta.url))),
  )

  app.get<{ Querystring: HeapQuery & { look?: string } }>('/send', async (request, reply) => {
    const { query } = request
    const [form, heap] = await Promise.all([
      showForm(query.look ? { look: query.look } : {}),
      showHeap(query),
    ])
    const deliveries = renderDeliveries(history(), looks)
    const body = renderSendPage({ form, deliveries, heap, query, serverUrl, heapUrl })
    const page = { title: 'Send a Look: Looker stand-in', section: 'send' as const, body }
    return sendHtml(reply, renderLayout(await shellFrame(request), page))
  })
  app.get<{ Querystring: FormValues }>('/fragments/form', async ({ query }, reply) =>
    sendHtml(reply, await showForm(query)),
  )
  app.get('/fragments/deliveries', (_request, reply) => sendHtml(reply, renderDeliveries(history(), looks)))
  app.get<{ Querystring: HeapQuery }>('/fragments/heap', async ({ query }, reply) =>
    sendHtml(reply, await showHeap(query)),
  )

  app.post<{ Body: FormValues }>('/deliveries', async (request, reply) => {
    const { lookId, formParams, options: delivery } = readSendRequest(request.body)
    await setHeapFaults(heapUrl, planOf(HEAP_MOODS, request.body.mood))
    void deliver(lookId, formParams, delivery)
    return done(request, reply)
  })
  app.post<{ Params: { id: string } }>('/deliveries/:id/repeat', async (request, reply) => {
    const record = history().find(({ id }) => String(id) === request.params.id)
    if (!record) return reply.code(404).type('text/plain').send('There is no such delivery.')
    const { lookId, formParams, planId, mode, format } = record
    void deliver(lookId, formParams, { planId, mode, format })
    return done(request, reply)
  })
  app.post('/heap/reset', async (request, reply) => {
    await resetHeap(heapUrl)
    return done(request, reply)
  })

  async function showForm(chosen: FormValues): Promise<Html> {
    const look = looks.find(({ id }) => id === chosen.look) ?? looks[0]
    if (!look) return html`<p class="empty">There are no Looks.</p>`
    const values = Object.keys(chosen).length > 1 ? chosen : suggestedValues(look)
    const form = await options.form(readSendRequest(values).formParams).catch((error: Error) => ({
      kind: 'error' as const,
      message: error.message,
    }))
    return renderForm({ looks, look, values, form })
  }

  async function showHeap(query: HeapQuery): Promise<Html> {
    return renderHeap(await fetchHeapState(heapUrl, query))
  }
}

/** The script wants no page as an answer; a browser without it goes back to the page. */
function done(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return request.headers.accept === 'text/plain'
    ? reply.code(204).send()
    : reply.redirect(request.headers.referer ?? '/send', 303)
}
