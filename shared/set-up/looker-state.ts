import type { AttributeFound } from './attribute-wish.ts'
import { addressWish, secretWish } from './attribute-wish.ts'
import { ACTION, MODEL, PROJECT } from './installed-names.ts'
import type { RoleFound } from './roles.ts'
import { readRoles } from './roles.ts'
import type { SetUpApi } from './set-up-api.ts'
import { SetUpRefusal } from './set-up-api.ts'

/** The hub of our server, as Looker has it. */
export type HubFound = {
  id: string
  url: string
  hasToken: boolean
  /** Why Looker could not read its listing; null: it could. */
  fetchError: string | null
  agreement: 'open' | 'signed' | null
}

export type ActionFound = { id: string; enabled: boolean }

/** What of this integration stands in a Looker. */
export type LookerState = {
  /** Whose key it is. */
  user: string
  hub: HubFound | null
  action: ActionFound | null
  /** Schedules that send to the action. */
  schedules: number
  /** The project that has our model, else the name that it should have. */
  project: string
  projectFound: boolean
  model: { isConfigured: boolean; hasContent: boolean }
  secret: AttributeFound | null
  address: (AttributeFound & { value: string | null }) | null
  roles: readonly RoleFound[]
}

/**
 * Reads what is there.
 *
 * @param serverUrl where our server answers, without a slash at the end
 * @throws SetUpRefusal when it is no admin who asks, LookerRefusal
 */
export async function readLookerState(api: SetUpApi, serverUrl: string): Promise<LookerState> {
  const { sdk, call } = api
  const me = await call('tell whose key this is', sdk.me())
  const user = me.display_name ?? `user ${me.id}`
  const hubs = await sdk.all_integration_hubs()
  if (!hubs.ok) {
    throw new SetUpRefusal(
      `${user} may not manage actions in Looker. It takes a Looker admin; for the command line, the API key of a Looker admin.`,
    )
  }
  const hub = hubs.value.find(({ url }) => withoutSlash(url ?? '') === withoutSlash(serverUrl))
  const actions = hub
    ? await call('list the actions', sdk.all_integrations({ integration_hub_id: hub.id ?? '' }))
    : []
  const action = actions.find(({ id }) => id === `${hub?.id}::${ACTION}`)
  const models = await call('list the models', sdk.all_lookml_models({}))
  const model = models.find(({ name }) => name === MODEL)
  const projects = await sdk.all_projects()
  const project = model?.project_name ?? PROJECT
  const attributes = await call('list the user attributes', sdk.all_user_attributes({}))
  const find = (name: string) => attributes.find((attribute) => attribute.name === name)
  const secret = find(secretWish(project, serverUrl).name)
  const address = find(addressWish(project).name)
  return {
    user,
    hub: hub
      ? {
          id: hub.id ?? '',
          url: hub.url ?? '',
          hasToken: hub.has_authorization_token ?? false,
          fetchError: hub.fetch_error_message ?? null,
          agreement: hub.legal_agreement_required ? (hub.legal_agreement_signed ? 'signed' : 'open') : null,
        }
      : null,
    action: action ? { id: action.id ?? '', enabled: action.enabled ?? false } : null,
    schedules: action ? await countSchedules(api, action.id ?? '') : 0,
    project,
    projectFound: projects.ok && projects.value.some(({ id, name }) => id === project || name === project),
    model: { isConfigured: model !== undefined, hasContent: model?.has_content ?? false },
    secret: secret ? { ...secret, id: secret.id ?? '' } : null,
    address: address ? { ...address, id: address.id ?? '', value: address.default_value ?? null } : null,
    roles: await readRoles(api),
  }
}

async function countSchedules({ sdk, call }: SetUpApi, actionId: string): Promise<number> {
  const plans = await call('list the schedules', sdk.all_scheduled_plans({ all_users: true }))
  const type = `looker-integration://${actionId}`
  return plans.filter((plan) =>
    (plan.scheduled_plan_destination ?? []).some((destination) => destination.type === type),
  ).length
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
