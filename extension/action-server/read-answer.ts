import { isRecord } from '../../shared/is-record.ts'
import { errorOfThrown } from '../looker/looker-error.ts'
import { ActionServerError } from './action-server-error.ts'

/** What Looker's proxies answer. */
export type ProxyAnswer = { ok: boolean; status: number; body?: unknown }

/**
 * Carries out one request to the action server through a proxy of Looker's.
 *
 * @returns the body of an answer of status 2xx: a JSON object; an empty one where the server has nothing to say
 * @throws ActionServerError
 */
export async function readAnswer(request: () => Promise<ProxyAnswer>): Promise<Record<string, unknown>> {
  const answer = await demandSuccess(request)
  if (answer.status === 204) return {}
  const body = parsed(answer.body)
  if (!body) throw new ActionServerError('unreachable', `Answer with status ${answer.status}`)
  return body
}

/** The same for an answer that is a text. */
export async function readText(request: () => Promise<ProxyAnswer>): Promise<string> {
  const { body } = await demandSuccess(request)
  if (typeof body !== 'string') throw new ActionServerError('not_understood', 'The answer is no text.')
  return body
}

async function demandSuccess(request: () => Promise<ProxyAnswer>): Promise<ProxyAnswer> {
  let answer: ProxyAnswer
  try {
    answer = await request()
  } catch (error) {
    const { kind, message } = errorOfThrown(error)
    throw new ActionServerError(kind === 'not_entitled' ? 'not_entitled' : 'unreachable', message)
  }
  if (answer.ok) return answer
  const body = parsed(answer.body)
  const text = firstText(body?.detail, body?.error)
  const code = firstText(body?.code)
  if (answer.status === 401 || (answer.status === 403 && code === null)) {
    throw new ActionServerError('unauthorized', text ?? 'The action server did not accept the secret.', code)
  }
  // Without our own error text, something between Looker and the server has answered.
  if (text === null) throw new ActionServerError('unreachable', `Answer with status ${answer.status}`)
  throw new ActionServerError('refused', text, code)
}

/** Looker's proxy parses what it takes for JSON; whether it does with a type such as problem+json is not documented. */
function parsed(body: unknown): Record<string, unknown> | null {
  if (typeof body !== 'string') return isRecord(body) ? body : null
  try {
    const value: unknown = JSON.parse(body)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function firstText(...candidates: unknown[]): string | null {
  return candidates.find((candidate) => typeof candidate === 'string') ?? null
}
