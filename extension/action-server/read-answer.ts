import { isRecord } from '../../shared/is-record.ts'
import { errorOfThrown } from '../looker/looker-error.ts'
import { ActionServerError } from './action-server-error.ts'

/** What Looker's proxies answer. */
export type ProxyAnswer = { ok: boolean; status: number; body?: unknown }

/**
 * Carries out one request to the action server through a proxy of Looker's.
 *
 * @returns the body of an answer of status 2xx
 * @throws ActionServerError
 */
export async function readAnswer(request: () => Promise<ProxyAnswer>): Promise<Record<string, unknown>> {
  let answer: ProxyAnswer
  try {
    answer = await request()
  } catch (error) {
    const { kind, message } = errorOfThrown(error)
    throw new ActionServerError(kind === 'not_entitled' ? 'not_entitled' : 'unreachable', message)
  }
  const body = isRecord(answer.body) ? answer.body : null
  if (answer.ok && body) return body
  const text = typeof body?.error === 'string' ? body.error : null
  if (answer.status === 401 || answer.status === 403) {
    throw new ActionServerError('unauthorized', text ?? 'The action server did not accept the secret.')
  }
  // Without our own error text, something between Looker and the server has answered.
  if (text === null) throw new ActionServerError('unreachable', `Answer with status ${answer.status}`)
  throw new ActionServerError('refused', text)
}
