import type { FastifyInstance } from 'fastify'
import { LookerApiError } from '../../api/api-error.ts'
import {
  createIntegrationHub,
  deleteIntegrationHub,
  updateIntegrationHub,
} from '../../api/operations/integration-hubs.ts'
import { testIntegration } from '../../api/operations/test-integration.ts'
import { updateIntegration } from '../../api/operations/update-integration.ts'
import { isAdmin } from '../../api/users.ts'
import { renderLayout } from '../layout.ts'
import { runOperation, submit } from '../run-operation.ts'
import { sendHtml } from '../send-html.ts'
import type { ShellContext } from '../shell-context.ts'
import { renderActions } from './render-actions.ts'

const PAGE = '/admin/actions'

type HubRequest = { Params: { id: string }; Body: { token?: string } }
type ActionRequest = { Params: { id: string }; Body: { enabled?: string } }

/** Admin > Actions: hubs to add, their tokens, and actions to enable. */
export function addActionsPage(app: FastifyInstance, { instance, shellFrame }: ShellContext): void {
  app.get<{ Querystring: { problem?: string } }>(PAGE, async (request, reply) => {
    const frame = await shellFrame(request)
    const hubs = isAdmin(frame.user) ? instance.hubs.all() : null
    const body = renderActions(hubs, request.query.problem)
    return sendHtml(
      reply,
      renderLayout(frame, { title: 'Actions: Looker stand-in', section: 'actions', body }),
    )
  })

  app.post<{ Body: { url?: string; token?: string } }>(`${PAGE}/hubs`, (request, reply) =>
    submit(reply, PAGE, () => {
      const { url, token } = request.body
      const body = { url: url?.trim(), ...(token ? { authorization_token: token.trim() } : {}) }
      return runOperation(instance, request, createIntegrationHub, { body })
    }),
  )
  app.post<HubRequest>(`${PAGE}/hubs/:id`, (request, reply) =>
    submit(reply, PAGE, () => {
      const { token } = request.body
      const body = token ? { authorization_token: token.trim() } : {}
      return runOperation(instance, request, updateIntegrationHub, { path: hubPath(request), body })
    }),
  )
  app.post<HubRequest>(`${PAGE}/hubs/:id/delete`, (request, reply) =>
    submit(reply, PAGE, () =>
      runOperation(instance, request, deleteIntegrationHub, { path: hubPath(request) }),
    ),
  )
  app.post<ActionRequest>(`${PAGE}/integrations/:id`, (request, reply) =>
    submit(reply, PAGE, () =>
      runOperation(instance, request, updateIntegration, {
        path: { integration_id: request.params.id },
        body: { enabled: request.body.enabled === 'yes' },
      }),
    ),
  )
  app.post<ActionRequest>(`${PAGE}/integrations/:id/test`, (request, reply) =>
    submit(reply, PAGE, async () => {
      const path = { integration_id: request.params.id }
      const result = await runOperation<{ success: boolean; message: string }>(
        instance,
        request,
        testIntegration,
        { path },
      )
      throw new LookerApiError(
        200,
        `${result.success ? 'The test succeeded' : 'The test failed'}: ${result.message}`,
      )
    }),
  )
}

function hubPath({ params }: { params: { id: string } }): Record<string, string> {
  return { integration_hub_id: params.id }
}
