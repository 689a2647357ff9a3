import type { ILooker40SDK } from '@looker/sdk'
import { isRecord } from '../is-record.ts'

/** What cannot be set up, and why; the text says what to do. */
export class SetUpRefusal extends Error {
  override name = 'SetUpRefusal'
}

/** Operations of Looker's API that a set-up needs; the set-up page's application is entitled to these. */
export const SET_UP_METHODS = [
  'accept_integration_hub_legal_agreement',
  'all_integration_hubs',
  'all_integrations',
  'all_lookml_models',
  'all_projects',
  'all_roles',
  'all_scheduled_plans',
  'all_user_attributes',
  'create_integration_hub',
  'create_user_attribute',
  'delete_user_attribute',
  'integration',
  'integration_hub',
  'me',
  'test_integration',
  'update_integration',
  'update_integration_hub',
  'update_user_attribute',
] as const

export type SetUpSdk = Pick<ILooker40SDK, (typeof SET_UP_METHODS)[number]>

type Answer<T> = { ok: true; value: T } | { ok: false; error: unknown }

/** Looker's API, by the command line's SDK or by that of an extension. */
export type SetUpApi = {
  sdk: SetUpSdk
  /** @param what is done, for the error: `list the action hubs` @throws SetUpRefusal */
  call: <T>(what: string, answer: Promise<Answer<T>>) => Promise<T>
}

export async function callLooker<T>(what: string, answer: Promise<Answer<T>>): Promise<T> {
  const answered = await answer
  if (answered.ok) return answered.value
  throw new SetUpRefusal(`Looker did not ${what}: ${textOf(answered.error)}`)
}

/** Looker's words, with what it says of single fields. */
export function textOf(error: unknown): string {
  if (!isRecord(error)) return String(error)
  const fields = Array.isArray(error.errors) ? error.errors.filter(isRecord) : []
  const details = fields.map(({ message }) => message).filter((text) => typeof text === 'string')
  const message =
    typeof error.message === 'string' && error.message !== '' ? error.message : 'no reason given'
  return details.length > 0 ? `${message} (${details.join('; ')})` : message
}
