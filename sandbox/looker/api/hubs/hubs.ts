import type { IIntegrationParam } from '@looker/sdk'
import type { ActionClient, ActionClientOptions } from '../../action/action-client.ts'
import { createActionClient } from '../../action/action-client.ts'
import type { ActionIntegration } from '../../action/action-listing.ts'
import { fetchListing } from '../../action/action-set-up.ts'
import { LookerApiError, notFound } from '../api-error.ts'
import type { ApiUnknowns } from '../unknowns.ts'

/** An action of a hub, and what an admin has set up for it. */
export type RegisteredAction = {
  /** `<hub id>::<name>` */
  id: string
  hub: ActionHub
  listed: ActionIntegration
  enabled: boolean
  params: Map<string, string>
}

export type ActionHub = {
  id: string
  url: string
  label: string
  token: string | null
  /** Null: none is asked for. */
  agreement: 'open' | 'signed' | null
  /** Why the last listing could not be read; such a hub cannot be used. */
  fetchError: string | null
  actions: RegisteredAction[]
}

export type Hubs = ReturnType<typeof createHubs>

/** The action hubs that admins have added. Looker reads a hub's listing when it is added or changed. */
export function createHubs(
  clientOptions: Omit<ActionClientOptions, 'token'>,
  { legalAgreement }: Pick<ApiUnknowns, 'legalAgreement'>,
) {
  const hubs = new Map<string, ActionHub>()
  let lastId = 6

  async function refresh(hub: ActionHub): Promise<void> {
    try {
      const { label, integrations } = await fetchListing(clientOf(hub), hub.url)
      hub.label = label ?? hub.url
      hub.actions = integrations.map((listed) => keepSettings(hub, listed))
      hub.fetchError = null
    } catch (error) {
      hub.fetchError = error instanceof Error ? error.message : String(error)
    }
  }

  function clientOf({ token }: ActionHub): ActionClient {
    return createActionClient({ ...clientOptions, ...(token === null ? {} : { token }) })
  }

  function find(id: string): ActionHub {
    const hub = hubs.get(id)
    if (!hub) throw notFound()
    return hub
  }

  return {
    all: (): readonly ActionHub[] => [...hubs.values()],
    find,
    clientOf,
    refresh,
    actions: (): readonly RegisteredAction[] => [...hubs.values()].flatMap(({ actions }) => actions),
    findAction(id: string): RegisteredAction {
      const action = hubs.get(id.split('::')[0] ?? '')?.actions.find((candidate) => candidate.id === id)
      if (!action) throw notFound()
      return action
    },
    /** @throws LookerApiError 409 when the URL is a hub's already */
    async add(url: string, token: string | null): Promise<ActionHub> {
      const known = [...hubs.values()].some((hub) => hub.url === url)
      if (known) throw new LookerApiError(409, 'An action hub with this url already exists')
      lastId += 1
      const agreement = legalAgreement === 'required' ? ('open' as const) : null
      const id = String(lastId)
      const hub: ActionHub = { id, url, label: url, token, agreement, fetchError: null, actions: [] }
      hubs.set(hub.id, hub)
      await refresh(hub)
      return hub
    },
    remove(id: string): void {
      hubs.delete(find(id).id)
    },
  }
}

/** A listing that is read again must not switch its actions off, so that known ones stay the same objects. */
function keepSettings(hub: ActionHub, listed: ActionIntegration): RegisteredAction {
  const id = `${hub.id}::${listed.name}`
  const before = hub.actions.find((action) => action.id === id)
  if (!before) return { id, hub, listed, enabled: false, params: new Map() }
  before.listed = listed
  return before
}

/** Parameters as the API shows them: the value of a sensitive one never (documented by Looker). */
export function paramViews({ listed, params }: RegisteredAction): IIntegrationParam[] {
  return (listed.params ?? []).map(({ name, label, description, required, sensitive, ...rest }) => ({
    name,
    label,
    description: description ?? null,
    required: required ?? false,
    sensitive: sensitive ?? true,
    has_value: params.has(name),
    value: (sensitive ?? true) ? null : (params.get(name) ?? null),
    per_user: rest.per_user ?? false,
    user_attribute_name: rest.user_attribute_name ?? null,
    delegate_oauth_url: rest.delegate_oauth_url ?? null,
  }))
}
