import { addressWish, secretWish } from './attribute-wish.ts'
import { ACTION } from './installed-names.ts'
import type { LookerState } from './looker-state.ts'
import type { SetUpWish } from './plan-set-up.ts'
import type { SetUpApi } from './set-up-api.ts'
import { SetUpRefusal } from './set-up-api.ts'
import type { SetUpStep } from './set-up-step.ts'

/** How long a new hub's actions may take to be listed. */
const LISTED_WITHIN_MS = 20_000
const ASK_AGAIN_MS = 1_000

/** What was done, for whoever keeps a made of it. */
export type Made = {
  hub?: string
  secret?: string
  address?: string
  /** The action that was enabled, of a hub that was there before. */
  enabledAction?: string
  wroteToken?: true
  wroteSecret?: true
}

type Work = { api: SetUpApi; state: LookerState; wish: SetUpWish; made: Made }

/**
 * Does one step, and notes what was made, also when it fails half-way.
 *
 * @throws SetUpRefusal
 */
export async function carryOut(step: SetUpStep, work: Work): Promise<void> {
  const { sdk, call } = work.api
  switch (step) {
    case 'create_hub':
      return createHub(work)
    case 'set_token':
      return setToken(work)
    case 'accept_agreement':
      return acceptIfAsked(work)
    case 'enable_action':
      return enableAction(work)
    case 'create_secret':
      return createSecret(work)
    case 'replace_secret':
      await call('delete the user attribute', sdk.delete_user_attribute(idOf(work.state.secret)))
      return createSecret(work)
    case 'change_secret':
    case 'write_secret':
      return changeSecret(work)
    case 'create_address':
    case 'change_address':
      return writeAddress(work)
  }
}

async function createHub({ api, wish, made }: Work): Promise<void> {
  const hub = await api.call(
    'add the action hub',
    api.sdk.create_integration_hub({ url: wish.serverUrl, authorization_token: wish.token }),
  )
  made.hub = hub.id ?? ''
  made.wroteToken = true
  if (hub.legal_agreement_required && !hub.legal_agreement_signed) await accept(api, made.hub)
  if (hub.fetch_error_message) throw new SetUpRefusal(unusable(wish.serverUrl, hub.fetch_error_message))
}

async function setToken(work: Work): Promise<void> {
  const { api, wish, made } = work
  await api.call(
    'take the token of the action hub',
    api.sdk.update_integration_hub(hubIdOf(work), { authorization_token: wish.token }),
  )
  made.wroteToken = true
}

async function acceptIfAsked(work: Work): Promise<void> {
  const id = hubIdOf(work)
  const hub = await work.api.call('show the action hub', work.api.sdk.integration_hub(id))
  if (hub.legal_agreement_required && !hub.legal_agreement_signed) await accept(work.api, id)
}

async function accept({ sdk, call }: SetUpApi, hubId: string): Promise<void> {
  await call('accept the legal agreement', sdk.accept_integration_hub_legal_agreement(hubId))
}

async function enableAction(work: Work): Promise<void> {
  const { api, made, wish } = work
  const id = `${hubIdOf(work)}::${ACTION}`
  const deadline = Date.now() + LISTED_WITHIN_MS
  for (;;) {
    const answer = await api.sdk.integration(id)
    if (answer.ok) break
    if (Date.now() > deadline) {
      const hub = await api.call('show the action hub', api.sdk.integration_hub(hubIdOf(work)))
      throw new SetUpRefusal(
        hub.fetch_error_message
          ? unusable(wish.serverUrl, hub.fetch_error_message)
          : `Looker lists no action "${ACTION}" of ${wish.serverUrl}. Is that the address of the action server?`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
  await api.call('enable the action', api.sdk.update_integration(id, { enabled: true }))
  if (made.hub === undefined) made.enabledAction = id
}

async function createSecret({ api, state, wish, made }: Work): Promise<void> {
  const created = await api.call(
    'create the user attribute for the secret',
    api.sdk.create_user_attribute({
      ...secretWish(state.project, wish.serverUrl),
      default_value: wish.secret,
    }),
  )
  made.secret = created.id ?? ''
  made.wroteSecret = true
}

async function changeSecret({ api, state, wish, made }: Work): Promise<void> {
  const { user_can_edit, user_can_view } = secretWish(state.project, wish.serverUrl)
  await api.call(
    'change the user attribute with the secret',
    api.sdk.update_user_attribute(idOf(state.secret), {
      user_can_edit,
      user_can_view,
      ...(wish.secret === null ? {} : { default_value: wish.secret }),
    }),
  )
  if (wish.secret !== null) made.wroteSecret = true
}

async function writeAddress({ api, state, wish, made }: Work): Promise<void> {
  const { name, type, label, user_can_edit, user_can_view } = addressWish(state.project)
  const values = { user_can_edit, user_can_view, value_is_hidden: false, default_value: wish.serverUrl }
  if (state.address) {
    await api.call(
      'change the user attribute with the address',
      api.sdk.update_user_attribute(state.address.id, values),
    )
    return
  }
  const created = await api.call(
    'create the user attribute for the address',
    api.sdk.create_user_attribute({ name, type, label, ...values }),
  )
  made.address = created.id ?? ''
}

function hubIdOf({ state, made }: Work): string {
  return state.hub?.id ?? made.hub ?? ''
}

function idOf(found: { id: string } | null): string {
  return found?.id ?? ''
}

function unusable(serverUrl: string, message: string): string {
  return `Looker cannot read the listing of ${serverUrl}: ${message}. Check that PUBLIC_URL is reachable from Looker over https with a certificate of a public authority; npm run admin -- doctor says more. Then give the command again.`
}
