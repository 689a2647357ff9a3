import { isRecord } from '../../shared/is-record.ts'
import { listedAction } from '../../shared/set-up/listed-action.ts'
import type { SetUpLooker } from './set-up-looker.ts'

/** What the action server says of something. */
export type Tried =
  | { kind: 'taken' }
  | { kind: 'refused'; text: string }
  | { kind: 'unreachable'; text: string }

/** Looker's server calls the action server: the way that the secret takes too. */
export async function tryServer(looker: SetUpLooker, serverUrl: string): Promise<Tried> {
  const init = { method: 'POST' as const, headers: { 'Content-Type': 'application/json' }, body: '{}' }
  return ask(looker, `${serverUrl}/`, init, (body) => listedAction(body) !== null)
}

/** Does the action server take this as the secret of the extension? */
export async function trySecret(looker: SetUpLooker, serverUrl: string, secret: string): Promise<Tried> {
  return ask(
    looker,
    `${serverUrl}/api/token`,
    {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: '{}',
    },
    (body) => isRecord(body) && typeof body.accessToken === 'string',
  )
}

/** Does it take this as the authorization token of the action? */
export async function tryToken(looker: SetUpLooker, serverUrl: string, token: string): Promise<Tried> {
  return ask(
    looker,
    `${serverUrl}/actions/heap/form`,
    {
      method: 'POST',
      headers: { Authorization: `Token token="${token}"`, 'Content-Type': 'application/json' },
      body: '{}',
    },
    (body) => isRecord(body) && Array.isArray(body.fields),
  )
}

type Init = { method: 'POST'; headers: Record<string, string>; body: string }

async function ask(
  { host }: SetUpLooker,
  url: string,
  init: Init,
  isRight: (body: unknown) => boolean,
): Promise<Tried> {
  try {
    const answer = await host.serverProxy(url, init)
    const body: unknown = typeof answer.body === 'string' ? parsed(answer.body) : answer.body
    if (answer.ok && isRight(body)) return { kind: 'taken' }
    if (isRecord(body) && typeof body.error === 'string') return { kind: 'refused', text: body.error }
    return { kind: 'unreachable', text: `Something else answers there, with status ${answer.status}.` }
  } catch (error) {
    const text = error instanceof Error ? error.message.replace(/^(Error: )+/, '') : String(error)
    return { kind: 'unreachable', text }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
