import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readSyncRef, SyncRefSchema } from '../../../shared/api/sync-ref.ts'
import { SyncScheduleSchema } from '../../../shared/api/sync-schedule.ts'
import { scheduleFault } from '../../../shared/syncs/cron-schedule.ts'
import { requireAccess } from './access.ts'
import { callerOf, HostQuerySchema } from './call.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { tooManyWaiting } from './too-many-waiting.ts'

/** `PUT /syncs/:ref/schedule`: when Looker delivers; also of a sync that has not delivered yet. */
export const setScheduleRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { syncs } = app.repositories
  app.route({
    method: 'PUT',
    url: '/syncs/:ref/schedule',
    config: { operation: 'setSchedule' },
    schema: {
      operationId: 'setSchedule',
      summary: 'Tells when Looker delivers; null: not known.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      body: SyncScheduleSchema,
      response: { 204: Type.Null({ description: 'It is kept.' }), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const ref = readSyncRef(request.params.ref)
      if (ref === null)
        throw new ProblemError('unknown_sync', 'A sync is named by its sync_id, or as plan:<id>.')
      const schedule = request.body
      const fault = schedule !== null && 'crontab' in schedule ? scheduleFault(schedule) : null
      if (fault !== null) throw new ProblemError('bad_request', fault)
      if (schedule === null) await syncs.forgetSchedule(callerOf(request), ref)
      else if (!(await syncs.tellSchedule(callerOf(request), ref, schedule))) throw tooManyWaiting()
      return reply.code(204).send(null)
    },
  })
}
