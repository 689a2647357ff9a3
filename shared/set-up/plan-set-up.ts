import { addressWish, attributeFaults, needsNewAttribute, secretWish } from './attribute-wish.ts'
import type { LookerState } from './looker-state.ts'
import { SetUpRefusal } from './set-up-api.ts'
import type { SetUpStep } from './set-up-step.ts'

/** What Looker is to have. */
export type SetUpWish = {
  /** Without a slash at the end. */
  serverUrl: string
  /** The authorization token of the action; null: not known here. */
  token: string | null
  /** The secret of the extension; null: not known here. */
  secret: string | null
}

/** What cannot be read in Looker and was found out otherwise. */
export type SetUpKnowledge = {
  /** Does the action answer Looker's own test? null: there is no action yet. */
  actionWorks: boolean | null
  /** Were the present token and the present secret written by us before? */
  tokenIsWritten: boolean
  secretIsWritten: boolean
}

/**
 * What has to be done, in this order; nothing when all is as it must be.
 *
 * @throws SetUpRefusal when a token is needed that is not known
 */
export function planSetUp(state: LookerState, wish: SetUpWish, knowledge: SetUpKnowledge): SetUpStep[] {
  return [
    ...planAction(state, wish, knowledge),
    ...planSecret(state, wish, knowledge),
    ...planAddress(state, wish),
  ]
}

function planAction({ hub, action }: LookerState, wish: SetUpWish, knowledge: SetUpKnowledge): SetUpStep[] {
  const steps: SetUpStep[] = []
  if (!hub) {
    demand(wish.token, 'LOOKER_TOKEN', 'the authorization token of the action')
    steps.push('create_hub')
  } else if (!hub.hasToken || (wish.token !== null && !(knowledge.tokenIsWritten && knowledge.actionWorks))) {
    demand(wish.token, 'LOOKER_TOKEN', 'the authorization token of the action')
    steps.push('set_token')
  }
  if (hub?.agreement === 'open') steps.push('accept_agreement')
  if (!action?.enabled) steps.push('enable_action')
  return steps
}

function planSecret(state: LookerState, wish: SetUpWish, { secretIsWritten }: SetUpKnowledge): SetUpStep[] {
  if (!state.secret) {
    demand(wish.secret, 'EXTENSION_SECRET', 'the secret of the extension')
    return ['create_secret']
  }
  const faults = attributeFaults(state.secret, secretWish(state.project, wish.serverUrl))
  if (needsNewAttribute(faults)) {
    demand(wish.secret, 'EXTENSION_SECRET', 'the secret of the extension')
    return ['replace_secret']
  }
  const shape: SetUpStep[] = faults.length > 0 ? ['change_secret'] : []
  return wish.secret === null || secretIsWritten ? shape : [...shape, 'write_secret']
}

function planAddress({ address, project }: LookerState, { serverUrl }: SetUpWish): SetUpStep[] {
  if (!address) return ['create_address']
  const isRight = address.value === serverUrl && attributeFaults(address, addressWish(project)).length === 0
  return isRight ? [] : ['change_address']
}

function demand(value: string | null, name: string, what: string): void {
  if (value !== null) return
  throw new SetUpRefusal(
    `${name} is needed here: ${what}, as the server has it. If the server made it at its first start and nobody kept it, make another one: npm run admin -- connections rotate default --kind ${name === 'LOOKER_TOKEN' ? 'action' : 'extension'}`,
  )
}
