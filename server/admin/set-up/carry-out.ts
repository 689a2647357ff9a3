import { setTimeout as sleep } from 'node:timers/promises'
import { addressWish, secretWish } from '../../../shared/set-up/attribute-wish.ts'
import { ACTION } from '../../../shared/set-up/installed-names.ts'
import { RefusedError } from '../admin-errors.ts'
import type { LookerState } from '../looker/looker-state.ts'
import type { LookerApi } from '../looker/open-looker.ts'
import type { SetUpWish } from './plan-set-up.ts'
import type { SetUpRecord } from './set-up-record.ts'
import { hashSecret } from './set-up-record.ts'
import type { SetUpStep } from './set-up-step.ts'

/** How long a new hub's actions may take to be listed. */
const LISTED_WITHIN_MS = 20_000
const ASK_AGAIN_MS = 1_000

type Work = { api: LookerApi; state: LookerState; wish: SetUpWish; record: SetUpRecord }

/**
 * Does one step, and notes in the record what has to be undone later. The record is changed before the answer
 * to a later question can fail.
 *
 * @throws LookerRefusal, RefusedError
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

async function createHub({ api, wish, record }: Work): Promise<void> {
  const hub = await api.call(
    'add the action hub',
    api.sdk.create_integration_hub({ url: wish.serverUrl, authorization_token: wish.token }),
  )
  record.hub = hub.id ?? ''
  record.tokenHash = hashSecret(wish.token ?? '')
  if (hub.legal_agreement_required && !hub.legal_agreement_signed) await accept(api, record.hub)
  if (hub.fetch_error_message) throw new RefusedError(unusable(wish.serverUrl, hub.fetch_error_message))
}

async function setToken(work: Work): Promise<void> {
  const { api, wish, record } = work
  await api.call(
    'take the token of the action hub',
    api.sdk.update_integration_hub(hubIdOf(work), { authorization_token: wish.token }),
  )
  record.tokenHash = hashSecret(wish.token ?? '')
}

async function acceptIfAsked(work: Work): Promise<void> {
  const id = hubIdOf(work)
  const hub = await work.api.call('show the action hub', work.api.sdk.integration_hub(id))
  if (hub.legal_agreement_required && !hub.legal_agreement_signed) await accept(work.api, id)
}

async function accept({ sdk, call }: LookerApi, hubId: string): Promise<void> {
  await call('accept the legal agreement', sdk.accept_integration_hub_legal_agreement(hubId))
}

async function enableAction(work: Work): Promise<void> {
  const { api, record, wish } = work
  const id = `${hubIdOf(work)}::${ACTION}`
  const deadline = Date.now() + LISTED_WITHIN_MS
  for (;;) {
    const answer = await api.sdk.integration(id)
    if (answer.ok) break
    if (Date.now() > deadline) {
      const hub = await api.call('show the action hub', api.sdk.integration_hub(hubIdOf(work)))
      throw new RefusedError(
        hub.fetch_error_message
          ? unusable(wish.serverUrl, hub.fetch_error_message)
          : `Looker lists no action "${ACTION}" of ${wish.serverUrl}. Is that the address of the action server?`,
      )
    }
    await sleep(ASK_AGAIN_MS)
  }
  await api.call('enable the action', api.sdk.update_integration(id, { enabled: true }))
  if (record.hub === null) record.enabledAction = id
}

async function createSecret({ api, state, wish, record }: Work): Promise<void> {
  const made = await api.call(
    'create the user attribute for the secret',
    api.sdk.create_user_attribute({
      ...secretWish(state.project, wish.serverUrl),
      default_value: wish.secret,
    }),
  )
  record.secret = made.id ?? ''
  record.secretHash = hashSecret(wish.secret ?? '')
}

async function changeSecret({ api, state, wish, record }: Work): Promise<void> {
  const { user_can_edit, user_can_view } = secretWish(state.project, wish.serverUrl)
  await api.call(
    'change the user attribute with the secret',
    api.sdk.update_user_attribute(idOf(state.secret), {
      user_can_edit,
      user_can_view,
      ...(wish.secret === null ? {} : { default_value: wish.secret }),
    }),
  )
  if (wish.secret !== null) record.secretHash = hashSecret(wish.secret)
}

async function writeAddress({ api, state, wish, record }: Work): Promise<void> {
  const { name, type, label, user_can_edit, user_can_view } = addressWish(state.project)
  const values = { user_can_edit, user_can_view, value_is_hidden: false, default_value: wish.serverUrl }
  if (state.address) {
    await api.call(
      'change the user attribute with the address',
      api.sdk.update_user_attribute(state.address.id, values),
    )
    return
  }
  const made = await api.call(
    'create the user attribute for the address',
    api.sdk.create_user_attribute({ name, type, label, ...values }),
  )
  record.address = made.id ?? ''
}

function hubIdOf({ state, record }: Work): string {
  return state.hub?.id ?? record.hub ?? ''
}

function idOf(found: { id: string } | null): string {
  return found?.id ?? ''
}

function unusable(serverUrl: string, message: string): string {
  return `Looker cannot read the listing of ${serverUrl}: ${message}. Check that PUBLIC_URL is reachable from Looker over https with a certificate of a public authority; npm run admin -- doctor says more. Then give the command again.`
}
