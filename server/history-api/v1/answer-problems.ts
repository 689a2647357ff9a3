import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { ProblemCode } from '../../../shared/api/problem.ts'
import { PROBLEM_TYPE } from '../../../shared/api/problem.ts'
import { frameworkText } from '../../plugins/framework-texts.ts'
import { ProblemError, toProblem } from './problem-error.ts'

/** Renders the errors of all routes beside it as problem details; those of ours say nothing but their id. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ProblemError, request, reply) => {
    if (error instanceof ProblemError) return answer(reply, error.code, error.message)
    const status = error.statusCode ?? 500
    if (status === 429) return answer(reply, 'too_many_requests', frameworkText(error))
    if (status >= 400 && status < 500) return answer(reply, 'bad_request', frameworkText(error))
    request.log.error({ err: error }, 'request failed')
    return answer(
      reply,
      'internal',
      `Internal error ${request.id}. The server's log has the details under this id.`,
    )
  })
  app.setNotFoundHandler((_request, reply) =>
    answer(reply, 'unknown_address', 'Look the address up in /api/v1/openapi.json.'),
  )
}

function answer(reply: FastifyReply, code: ProblemCode, detail: string): FastifyReply {
  const problem = toProblem(code, detail)
  // As text: the answer's schema would be that of the status, which a route need not have told.
  return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem)
}
