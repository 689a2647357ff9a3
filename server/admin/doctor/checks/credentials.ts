import { isRecord } from '../../../../shared/is-record.ts'
import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'
import { call } from '../patient.ts'

/** Does the running server take the token of LOOKER_TOKEN? */
export async function checkToken(serverUrl: string, token: string | undefined): Promise<Outcome> {
  if (token === undefined)
    return notChecked('LOOKER_TOKEN is not set here', 'Set it as the server has it to check it.')
  const answer = await call(`${serverUrl}/actions/heap/form`, {
    method: 'POST',
    headers: { authorization: `Token token="${token}"`, 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null)
  if (answer?.ok) return fine('the server takes it')
  return problem(
    `the server does not take LOOKER_TOKEN (${(await reason(answer)) ?? 'no answer'})`,
    'Set LOOKER_TOKEN here as the server has it; or start the server with it.',
  )
}

/** An access token for our API, if the running server takes EXTENSION_SECRET. */
export async function checkSecret(
  serverUrl: string,
  secret: string | undefined,
): Promise<{ outcome: Outcome; accessToken: string | null }> {
  if (secret === undefined) {
    return {
      outcome: notChecked('EXTENSION_SECRET is not set here', 'Set it as the server has it to check it.'),
      accessToken: null,
    }
  }
  const answer = await call(`${serverUrl}/api/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null)
  const body: unknown = answer?.ok
    ? await answer
        .clone()
        .json()
        .catch(() => null)
    : null
  if (isRecord(body) && typeof body.accessToken === 'string') {
    return { outcome: fine('the server takes it'), accessToken: body.accessToken }
  }
  return {
    outcome: problem(
      `the server does not take EXTENSION_SECRET (${(await reason(answer)) ?? 'no answer'})`,
      'Set EXTENSION_SECRET here as the server has it; or start the server with it.',
    ),
    accessToken: null,
  }
}

async function reason(answer: Response | null): Promise<string | null> {
  if (answer === null) return null
  const text = await answer.text().catch(() => '')
  const said = /"error":"([^"]+?)[."]/.exec(text)?.[1]
  return `status ${answer.status}${said === undefined ? '' : `: ${said}`}`
}
