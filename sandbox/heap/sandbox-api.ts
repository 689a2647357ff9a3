import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { FaultPlan } from './heap-faults.ts'
import { FaultPlanSchema } from './heap-faults.ts'
import type { HeapSetUp } from './heap-set-up.ts'
import { HeapSetUpSchema } from './heap-set-up.ts'
import type { HeapStore } from './heap-store.ts'
import type { RequestLog } from './request-log.ts'
import { readShown } from './shown-entities.ts'
import { renderPage } from './state-page.ts'

type Sandbox = {
  store: HeapStore
  log: RequestLog
  setFaults: (plan: FaultPlan) => void
  setUp: () => HeapSetUp
  changeSetUp: (change: Partial<HeapSetUp>) => void
  reset: () => void
}

const StateQuery = Type.Object({
  env: Type.Optional(Type.String()),
  kind: Type.Optional(Type.Union([Type.Literal('users'), Type.Literal('ghosts'), Type.Literal('accounts')])),
  search: Type.Optional(Type.String()),
  offset: Type.Optional(Type.String({ pattern: '^\\d+$' })),
  limit: Type.Optional(Type.String({ pattern: '^\\d+$' })),
})

type StateRequest = { Querystring: Type.Static<typeof StateQuery> }

/**
 * What the stand-in has and Heap has not: a look inside, faults, and starting afresh. The set-up of Looker
 * Data Import is a page in Heap.
 */
export function addSandboxApi(app: FastifyInstance, sandbox: Sandbox): void {
  const { store, log, setFaults, setUp, changeSetUp, reset } = sandbox

  app.get<StateRequest>('/', { schema: { querystring: StateQuery } }, (request, reply) => {
    const page = renderPage(store.environments(), log.summary(), readShown(store, request.query), setUp())
    return reply.type('text/html; charset=utf-8').send(page)
  })

  app.get<StateRequest>('/sandbox/state', { schema: { querystring: StateQuery } }, (request) => {
    const environments = store.environments()
    const requests = log.summary()
    const state = { environments, requests, setUp: setUp() }
    return request.query.env === undefined ? state : { ...state, ...readShown(store, request.query) }
  })

  app.get<{ Params: { key: string }; Querystring: { env?: string } }>(
    '/sandbox/users/:key',
    (request, reply) => {
      const { key } = request.params
      const ids = request.query.env ? [request.query.env] : store.environments().map(({ id }) => id)
      const found = ids.find((id) => store.users(id).has(key))
      if (found === undefined) return reply.code(404).send({ message: 'There is no such user.' })
      const isGhost = store.isGhost(found, key)
      return reply.send({ environmentId: found, key, isGhost, properties: store.users(found).get(key) })
    },
  )

  app.post<{ Body: FaultPlan }>('/sandbox/faults', { schema: { body: FaultPlanSchema } }, (request) => {
    setFaults(request.body)
    return {}
  })

  app.post<{ Body: Partial<HeapSetUp> }>(
    '/sandbox/set-up',
    { schema: { body: Type.Partial(HeapSetUpSchema, { additionalProperties: false }) } },
    (request) => {
      changeSetUp(request.body)
      return setUp()
    },
  )

  app.post('/sandbox/reset', () => {
    reset()
    return {}
  })
}
