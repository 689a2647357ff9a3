import type { ActionClient } from './action-client.ts'
import type { CheckedForm } from './action-form.ts'
import { checkForm } from './action-form.ts'
import type { ActionIntegration, ListedActions } from './action-listing.ts'
import { checkListing } from './action-listing.ts'

/** Looker would not go on here: a hub that breaks the contract, or a choice that the action does not support. */
export class LookerRefusal extends Error {
  override name = 'LookerRefusal'
}

/** Reads the listing of a hub. */
export async function fetchListing(client: ActionClient, actionUrl: string): Promise<ListedActions> {
  const { status, body } = await client.postNothing(actionUrl)
  if (status !== 200)
    throw new LookerRefusal(`the listing ${actionUrl} answered ${status}: ${body.slice(0, 300)}`)
  const listing = checkListing(parse(body, 'listing'))
  if (listing.kind === 'refused') {
    throw new LookerRefusal(`the listing breaks the contract: ${listing.problems.join('; ')}`)
  }
  return listing
}

/** Fetches the listing, which Looker does before every other call, and finds the action in it. */
export async function findIntegration(
  client: ActionClient,
  actionUrl: string,
  actionName: string,
): Promise<ActionIntegration> {
  const { integrations } = await fetchListing(client, actionUrl)
  const found = integrations.find(({ name }) => name === actionName)
  if (!found) throw new LookerRefusal(`the listing has no action ${actionName}`)
  return found
}

/** Fetches the form; what was filled in so far goes with it only when an interactive field changed. */
export async function fetchForm(
  client: ActionClient,
  { form_url: url }: ActionIntegration,
  formParams: Record<string, string>,
): Promise<CheckedForm> {
  if (!url) return { kind: 'fields', fields: [] }
  const first = await post({})
  if (first.kind !== 'fields') return first
  const changed = first.fields.some(
    ({ interactive, name, default: preset }) => interactive && formParams[name] !== preset,
  )
  return changed ? post(formParams) : first

  async function post(params: Record<string, string>): Promise<CheckedForm> {
    const filled = Object.keys(params).length > 0 ? { form_params: params } : {}
    const answer = await client.postJson(url ?? '', { type: 'query', data: {}, ...filled })
    if (answer.status !== 200) {
      return {
        kind: 'refused',
        problems: [`the form ${url} answered ${answer.status}: ${answer.body.slice(0, 300)}`],
      }
    }
    return checkForm(parse(answer.body, 'form'))
  }
}

function parse(body: string, what: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new LookerRefusal(`the ${what} is no JSON: ${body.slice(0, 300)}`)
  }
}
