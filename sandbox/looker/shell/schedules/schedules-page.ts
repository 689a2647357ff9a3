import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { deleteScheduledPlan } from '../../api/operations/delete-scheduled-plan.ts'
import { scheduledPlanRunOnceById } from '../../api/operations/scheduled-plan-run-once.ts'
import { updateScheduledPlan } from '../../api/operations/update-scheduled-plan.ts'
import { html } from '../html.ts'
import { renderLayout } from '../layout.ts'
import { renderDeliveries } from '../render-deliveries.ts'
import { runOperation, submit } from '../run-operation.ts'
import { sendHtml } from '../send-html.ts'
import type { ShellContext } from '../shell-context.ts'
import { renderPlans } from './render-plans.ts'

const PAGE = '/schedules'

type PlanRequest = { Params: { id: string }; Body: Record<string, string> }

/** Every plan that the user may see, what can be done with it, and what became of the deliveries. */
export function addSchedulesPage(app: FastifyInstance, context: ShellContext): void {
  const { instance, samples, history, shellFrame } = context
  app.get<{ Querystring: { problem?: string } }>(PAGE, async (request, reply) => {
    const frame = await shellFrame(request)
    const maySeeAll = frame.user.permissions.has('see_schedules')
    const plans = instance.plans
      .all()
      .filter((plan) => !plan.run_once && (maySeeAll || plan.user_id === frame.user.id))
    const { problem } = request.query
    const body = html`<main>
<h1>Schedules &amp; history</h1>
${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
<section aria-labelledby="plans-title"><h2 id="plans-title">${maySeeAll ? 'Schedules of everybody' : 'Your schedules'}</h2>
${renderPlans(plans)}</section>
<section aria-labelledby="groups-title"><h2 id="groups-title">Datagroups</h2>
<div class="toolbar">${instance.datagroups
      .all()
      .map(({ model_name: model, name }) => `${model}::${name}`)
      .map(
        (name) =>
          html`<form method="post" action="/datagroups/${encodeURIComponent(name)}/trigger"><button class="small">Trigger ${name}</button></form>`,
      )}</div></section>
<section aria-labelledby="history-title"><h2 id="history-title">History</h2>
<p class="visually-hidden" id="status" role="status"></p>
<div id="deliveries">${renderDeliveries(history(), samples)}</div></section>
</main><script src="/assets/renew.js" defer></script>`
    return sendHtml(
      reply,
      renderLayout(frame, { title: 'Schedules: Looker stand-in', section: 'schedules', body }),
    )
  })

  app.get('/fragments/history', (_request, reply) => sendHtml(reply, renderDeliveries(history(), samples)))
  app.get('/assets/renew.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(await readFile(new URL('renew.js', import.meta.url))),
  )

  app.post<PlanRequest>('/schedules/:id/run', (request, reply) =>
    submit(reply, PAGE, () =>
      runOperation(instance, request, scheduledPlanRunOnceById, { path: planPath(request) }),
    ),
  )
  app.post<PlanRequest>('/schedules/:id/pause', (request, reply) =>
    submit(reply, PAGE, () => {
      const enabled = !instance.plans.find(request.params.id)?.enabled
      return runOperation(instance, request, updateScheduledPlan, {
        path: planPath(request),
        body: { enabled },
      })
    }),
  )
  app.post<PlanRequest>('/schedules/:id/delete', (request, reply) =>
    submit(reply, PAGE, () =>
      runOperation(instance, request, deleteScheduledPlan, { path: planPath(request) }),
    ),
  )
  app.post<{ Params: { name: string } }>('/datagroups/:name/trigger', (request, reply) =>
    submit(reply, PAGE, () => instance.scheduler.trigger(request.params.name)),
  )
}

function planPath({ params }: { params: { id: string } }): Record<string, string> {
  return { scheduled_plan_id: params.id }
}
