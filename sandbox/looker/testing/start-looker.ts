import type { LookerStandInOptions } from '../looker-stand-in.ts'
import { createLookerStandIn } from '../looker-stand-in.ts'
import type { FakeActionOptions } from './fake-action.ts'
import { startFakeAction } from './fake-action.ts'

/** Ids of the sample users, by what they are in the tests. */
export const ADMIN = '1'
export const ANALYST = '2'
export const VIEWER = '3'
export const LEAD = '4'
export const DEVELOPER = '6'

type ApiAnswer<T = Record<string, unknown>> = { status: number; body: T }

type StartOptions = Partial<LookerStandInOptions> & {
  action?: FakeActionOptions
  /** Leave the action unregistered, as on a new instance. */
  empty?: boolean
}

/** A Looker stand-in with a fake action, and its API called by HTTP as one of the sample users. */
export async function startLooker({ action = {}, empty = false, ...options }: StartOptions = {}) {
  const hub = await startFakeAction(action)
  const looker = createLookerStandIn({
    actionUrl: hub.origin,
    token: 'secret',
    generatedLooks: 200,
    ...options,
  })
  const origin = await looker.listen()
  if (!empty) await looker.register()

  async function call<T = Record<string, unknown>>(
    verb: string,
    path: string,
    body?: unknown,
    userId = ANALYST,
  ): Promise<ApiAnswer<T>> {
    const answer = await fetch(`${origin}/api/4.0${path}`, {
      method: verb,
      headers: { authorization: `token ${userId}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? '' : JSON.parse(text)) as T }
  }

  return {
    hub,
    looker,
    origin,
    call,
    async close(): Promise<void> {
      await looker.close()
      await hub.close()
    },
  }
}

/** A plan that Looker takes. */
export function validPlan(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Heap user sync',
    look_id: '3',
    crontab: '0 3 * * *',
    timezone: 'UTC',
    send_all_results: true,
    require_results: false,
    require_no_results: false,
    require_change: false,
    scheduled_plan_destination: [
      {
        type: 'looker-integration://7::heap',
        format: 'json_detail_lite_stream',
        apply_formatting: false,
        apply_vis: false,
        address: '',
        parameters: '{"env_id":"11","property_type":"account","heap_field":"Accounts Account ID"}',
      },
    ],
    ...change,
  }
}
