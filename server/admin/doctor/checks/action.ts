import type { LookerState } from '../../../../shared/set-up/looker-state.ts'
import { testAction } from '../../../../shared/set-up/test-action.ts'
import type { LookerApi } from '../../looker/open-looker.ts'
import type { CheckId, Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'

const SETUP = 'npm run admin -- setup'

/** Words of our own answer to a wrong token, as Looker repeats them; and Looker's when it only tells the status. */
const REFUSED = /authorization token|secret of the extension|\b40[13]\b/i

/** Hub and action as Looker has them, with Looker's own test call. */
export async function checkAction(
  api: LookerApi,
  { hub, action }: LookerState,
  serverUrl: string,
): Promise<Partial<Record<CheckId, Outcome>>> {
  if (!hub) {
    return {
      hub: problem(`Looker has no action hub ${serverUrl}`, SETUP),
      reach: notChecked('there is no hub'),
      hub_token: notChecked('there is no hub'),
      action: notChecked('there is no hub'),
    }
  }
  const health = await api.sdk.get_integration_hub_health(hub.id)
  // Looker before 25.18 does not know the call; what it read of the listing last is known all the same.
  const trouble = health.ok && health.value.success === false ? (health.value.message ?? '') : hub.fetchError
  const isRefused = trouble !== null && REFUSED.test(trouble)
  const hubOutcome = hubProblem(hub.agreement, trouble)
  if (!action) {
    return {
      hub:
        hubOutcome ?? problem('it lists no action "heap"', 'Is PUBLIC_URL the address of the action server?'),
      reach: trouble === null ? fine('it read the listing') : reachProblem(trouble, isRefused),
      hub_token: isRefused ? wrongToken() : notChecked('there is no action'),
      action: notChecked('there is no action'),
    }
  }
  const { success, message } = await testAction(api, action.id)
  const isWrongToken = !success && (isRefused || REFUSED.test(message))
  return {
    hub: hubOutcome ?? fine(`hub ${hub.id}`),
    reach: success ? fine('its own test succeeded') : reachProblem(message, isWrongToken),
    hub_token: success
      ? fine('the server takes it')
      : isWrongToken
        ? wrongToken()
        : notChecked('Looker does not reach the server'),
    action: action.enabled
      ? fine(action.id)
      : problem(`${action.id} is disabled`, `Enable it under Admin > Actions, or: ${SETUP}`),
  }
}

function hubProblem(agreement: 'open' | 'signed' | null, trouble: string | null): Outcome | null {
  if (agreement === 'open') return problem('its legal agreement is not accepted', SETUP)
  if (trouble === null) return null
  return problem(
    `Looker cannot use it: ${trouble}`,
    'See whether Looker reaches the server, and the token that it has.',
  )
}

function reachProblem(message: string, isRefused: boolean): Outcome {
  if (isRefused) return fine('it gets answers')
  return problem(
    `it gets no answer: ${message}`,
    "Let Looker's addresses through the firewall, and check that the certificate is of a public authority and that PUBLIC_URL is known outside.",
  )
}

function wrongToken(): Outcome {
  return problem(
    'the server does not take the token that Looker has',
    `With the right LOOKER_TOKEN: ${SETUP}`,
  )
}
