import type { AttributeFault } from '../../shared/set-up/attribute-wish.ts'
import { addressWish, attributeFaults, secretWish } from '../../shared/set-up/attribute-wish.ts'
import { leftForAPerson } from '../../shared/set-up/left-for-a-person.ts'
import type { LookerState } from '../../shared/set-up/looker-state.ts'
import type { SetUpStep } from '../../shared/set-up/set-up-step.ts'
import type { Tried } from './try-credentials.ts'

/** What the set-up page says of one part. */
export type SetUpCheck = {
  id: string
  title: string
  state: 'fine' | 'problem' | 'waiting'
  text: string
  /** What a button here does; null where a person has to do it elsewhere. */
  step: SetUpStep | null
  /** What has to be typed for it. */
  needs: 'token' | 'secret' | null
}

/** What was read and tried. */
export type Read = {
  state: LookerState
  serverUrl: string
  server: Tried
  /** Looker's own test of the action; null: there is none. */
  test: { success: boolean; message: string } | null
}

const FAULTS: Record<AttributeFault, string> = {
  type: 'its type is not String',
  hidden: 'whether its values are hidden is not as it must be',
  editable: 'users may change it',
  not_viewable: 'users may not use it (user access None)',
  allowlist: 'its domain allowlist is wrong',
}

/** In the order in which they are put right. */
export function checksOf(read: Read): SetUpCheck[] {
  return [
    server(read),
    hub(read),
    token(read),
    action(read),
    secret(read),
    address(read),
    ...leftForAPerson(read.state, read.serverUrl).map(
      ({ id, state, text }): SetUpCheck => ({
        id,
        title: LEFT_TITLES[id] ?? id,
        state: state === 'done' ? 'fine' : 'problem',
        text: state === 'done' ? 'Done.' : text,
        step: null,
        needs: null,
      }),
    ),
  ]
}

const LEFT_TITLES: Record<string, string> = {
  project: 'LookML project',
  model: 'Model configured',
  deploy: 'In production',
  roles: 'Roles of analysts',
}

function fine(id: string, title: string, text: string): SetUpCheck {
  return { id, title, state: 'fine', text, step: null, needs: null }
}

function server({ server: tried, serverUrl }: Read): SetUpCheck {
  const [id, title] = ['server', "Looker's server reaches the action server"]
  if (tried.kind === 'taken') return fine(id, title, serverUrl)
  return {
    id,
    title,
    state: 'problem',
    text: `${tried.text} Check that the server runs, that its address is right and has a certificate of a public authority, and that the firewall lets Looker through.`,
    step: null,
    needs: null,
  }
}

function hub({ state, serverUrl }: Read): SetUpCheck {
  const [id, title] = ['hub', 'Action hub']
  if (state.hub === null) {
    const text = `Looker has no action hub ${serverUrl}.`
    return { id, title, state: 'problem', text, step: 'create_hub', needs: 'token' }
  }
  if (state.hub.agreement === 'open') {
    const text = 'Its legal agreement is not accepted.'
    return { id, title, state: 'problem', text, step: 'accept_agreement', needs: null }
  }
  return fine(id, title, `Hub ${state.hub.id}`)
}

function token({ state, test }: Read): SetUpCheck {
  const [id, title] = ['token', 'Authorization token']
  if (state.hub === null || (test === null && state.hub.fetchError === null)) {
    return { id, title, state: 'waiting', text: 'There is no action yet.', step: null, needs: null }
  }
  if (test?.success) return fine(id, title, 'The action server takes the token that Looker has.')
  const said = test?.message ?? state.hub.fetchError ?? ''
  const text = `Looker's own test of the action fails: ${said} If the server is reached, the token is the wrong one.`
  return { id, title, state: 'problem', text, step: 'set_token', needs: 'token' }
}

function action({ state }: Read): SetUpCheck {
  const [id, title] = ['action', 'Action Heap']
  if (state.action?.enabled) return fine(id, title, `${state.action.id}, enabled`)
  if (state.action === null) {
    return { id, title, state: 'waiting', text: 'There is no action yet.', step: null, needs: null }
  }
  return { id, title, state: 'problem', text: 'It is not enabled.', step: 'enable_action', needs: null }
}

function secret({ state, serverUrl }: Read): SetUpCheck {
  const [id, title] = ['secret', 'Secret of the extension']
  const wish = secretWish(state.project, serverUrl)
  if (state.secret === null) {
    const text = `There is no user attribute ${wish.name}.`
    return { id, title, state: 'problem', text, step: 'create_secret', needs: 'secret' }
  }
  const faults = attributeFaults(state.secret, wish)
  if (faults.includes('allowlist') || faults.includes('type') || faults.includes('hidden')) {
    const text = `${wish.name}: ${faults.map((fault) => FAULTS[fault]).join('; ')}. The allowlist must be ${wish.hidden_value_domain_whitelist} and nothing else. Looker cannot change it, so the attribute is deleted and created anew.`
    return { id, title, state: 'problem', text, step: 'replace_secret', needs: 'secret' }
  }
  if (faults.length > 0) {
    const text = `${wish.name}: ${faults.map((fault) => FAULTS[fault]).join('; ')}.`
    return { id, title, state: 'problem', text, step: 'change_secret', needs: null }
  }
  const text = `${wish.name}. Nobody can read its value: Setup in Heap Data Import tries it. If it is wrong there, write it again.`
  return { id, title, state: 'fine', text, step: 'write_secret', needs: 'secret' }
}

function address({ state, serverUrl }: Read): SetUpCheck {
  const [id, title] = ['address', 'Address for the extension']
  const wish = addressWish(state.project)
  if (state.address === null) {
    const text = `There is no user attribute ${wish.name}.`
    return { id, title, state: 'problem', text, step: 'create_address', needs: null }
  }
  const isRight = state.address.value === serverUrl && attributeFaults(state.address, wish).length === 0
  if (isRight) return fine(id, title, wish.name)
  const text = `${wish.name} is ${state.address.value ?? 'empty'}, or may be changed by users.`
  return { id, title, state: 'problem', text, step: 'change_address', needs: null }
}
