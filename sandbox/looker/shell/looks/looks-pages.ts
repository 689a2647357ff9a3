import type { ILook, IScheduledPlan } from '@looker/sdk'
import type { FastifyInstance } from 'fastify'
import { scheduledPlansForLook } from '../../api/operations/all-scheduled-plans.ts'
import { look as lookOperation } from '../../api/operations/look.ts'
import { searchLooks } from '../../api/operations/search-looks.ts'
import { renderLayout } from '../layout.ts'
import { orProblem, runOperation } from '../run-operation.ts'
import { sendHtml } from '../send-html.ts'
import type { ShellContext } from '../shell-context.ts'
import { renderLook } from './render-look.ts'
import { renderLooks } from './render-looks.ts'

/** Rows of the list on one page. */
const PAGE_ROWS = 25

type ListQuery = { search?: string; offset?: string }

/** The list of Looks, and the page of each. */
export function addLooksPages(app: FastifyInstance, { instance, samples, shellFrame }: ShellContext): void {
  app.get<{ Querystring: ListQuery }>('/looks', async (request, reply) => {
    const { search = '', offset = '0' } = request.query
    const found = await orProblem(() =>
      runOperation<ILook[]>(instance, request, searchLooks, {
        query: { title: `%${search}%`, limit: String(PAGE_ROWS + 1), offset },
      }),
    )
    const body = renderLooks({ found, search, offset: Number(offset) || 0, rows: PAGE_ROWS })
    return sendHtml(
      reply,
      renderLayout(await shellFrame(request), { title: 'Looks: Looker stand-in', section: 'looks', body }),
    )
  })

  app.get<{ Params: { id: string } }>('/looks/:id', async (request, reply) => {
    const { id } = request.params
    const stored = instance.looks.find(id)
    const found = await orProblem(async () => {
      await runOperation(instance, request, lookOperation, { path: { look_id: id } })
      return runOperation<IScheduledPlan[]>(instance, request, scheduledPlansForLook, {
        path: { look_id: id },
      })
    })
    const frame = await shellFrame(request)
    const isSample = samples.some((sample) => sample.id === id)
    const body = renderLook({ stored, found, isSample, extensions: frame.extensions })
    const title = `${stored?.look.title ?? 'Not found'}: Looker stand-in`
    return sendHtml(reply, renderLayout(frame, { title, section: 'looks', body }))
  })
}
