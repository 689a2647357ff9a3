import type { FastifyReply, FastifyRequest } from 'fastify'
import { LookerApiError } from '../api/api-error.ts'
import type { LookerInstance } from '../api/instance.ts'
import type { Operation } from '../api/operation.ts'
import { signedInUser } from '../api/request-user.ts'

type Given = { path?: Record<string, string>; query?: Record<string, string>; body?: unknown }

/** Carries out an operation of the API as the user at work. */
export async function runOperation<T>(
  instance: LookerInstance,
  request: FastifyRequest,
  operation: Operation,
  { path = {}, query = {}, body }: Given = {},
): Promise<T> {
  const user = signedInUser(instance, request)
  return (await operation.handle({ instance, user, path, query, body })) as T
}

/** Carries out what a form asks for and goes back to its page, with the problem if there is one. */
export async function submit(
  reply: FastifyReply,
  page: string,
  change: () => unknown,
): Promise<FastifyReply> {
  try {
    await change()
    return reply.redirect(page, 303)
  } catch (error) {
    if (!(error instanceof LookerApiError)) throw error
    return reply.redirect(`${page}?${new URLSearchParams({ problem: problemText(error) })}`, 303)
  }
}

/** Looker's text, and the field errors that it may have. */
function problemText({ message, errors }: LookerApiError): string {
  return [message, ...errors.map((error) => error.message)].join('. ')
}

/** What a page shows when Looker refuses it. */
export async function orProblem<T>(make: () => Promise<T>): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await make() }
  } catch (error) {
    if (!(error instanceof LookerApiError)) throw error
    return { problem: problemText(error) }
  }
}
