import type { IIntegrationHub } from '@looker/sdk'
import { invalid } from '../api-error.ts'
import { demand } from '../demand.ts'
import { hubView } from '../hubs/hub-views.ts'
import type { Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

const ONE = '/integration_hubs/{integration_hub_id}'

export const allIntegrationHubs: Operation = {
  name: 'all_integration_hubs',
  verb: 'GET',
  path: '/integration_hubs',
  handle(call): IIntegrationHub[] {
    demand(call, 'administer')
    return pickFields(call.instance.hubs.all().map(hubView), call.query.fields)
  },
}

export const integrationHub: Operation = {
  name: 'integration_hub',
  verb: 'GET',
  path: ONE,
  handle(call): IIntegrationHub {
    demand(call, 'administer')
    return pickFields(
      hubView(call.instance.hubs.find(pathParameter(call, 'integration_hub_id'))),
      call.query.fields,
    )
  },
}

/** Adds a hub. One whose listing cannot be read is added all the same, with a `fetch_error_message`. */
export const createIntegrationHub: Operation = {
  name: 'create_integration_hub',
  verb: 'POST',
  path: '/integration_hubs',
  async handle(call): Promise<IIntegrationHub> {
    demand(call, 'administer')
    const { url, authorization_token: token } = bodyObject(call)
    const hub = await call.instance.hubs.add(readUrl(url), readToken(token) ?? null)
    return hubView(hub)
  },
}

export const updateIntegrationHub: Operation = {
  name: 'update_integration_hub',
  verb: 'PATCH',
  path: ONE,
  async handle(call): Promise<IIntegrationHub> {
    demand(call, 'administer')
    const hub = call.instance.hubs.find(pathParameter(call, 'integration_hub_id'))
    const { url, authorization_token: token } = bodyObject(call)
    if (url !== undefined) hub.url = readUrl(url)
    const newToken = readToken(token)
    if (newToken !== undefined) hub.token = newToken
    await call.instance.hubs.refresh(hub)
    return hubView(hub)
  },
}

export const deleteIntegrationHub: Operation = {
  name: 'delete_integration_hub',
  verb: 'DELETE',
  path: ONE,
  handle(call): undefined {
    demand(call, 'administer')
    call.instance.hubs.remove(pathParameter(call, 'integration_hub_id'))
  },
}

function readUrl(url: unknown): string {
  if (typeof url === 'string' && URL.canParse(url) && /^https?:/.test(url)) return url
  throw invalid([{ field: 'url', code: 'invalid', message: 'url must be an absolute URL' }])
}

/** Undefined: unchanged; an empty text clears the token. */
function readToken(token: unknown): string | null | undefined {
  if (token === '') return null
  return typeof token === 'string' ? token : undefined
}
