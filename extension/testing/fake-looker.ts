import type { IIntegration, ILookWithQuery, IScheduledPlan } from '@looker/sdk'
import type { HeapEnvironment } from '../../shared/api/environments.ts'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import type { FoundKeys, Match } from '../../shared/api/known-keys.ts'
import type { RejectedRowView } from '../../shared/api/rejected-rows.ts'
import type { SyncAlerts } from '../../shared/api/sync-alerts.ts'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { formFields } from '../../shared/settings/sync-settings.ts'
import type { LookerAdaptor, LookerHost, LookerSdk } from '../looker/adaptor.tsx'
import type { CoreMethod } from '../looker/core-methods.ts'
import { answerApi } from './answer-api.ts'

/** A text that is thrown, an error as Looker's API answers it, or none. */
type Failure = string | Record<string, unknown> | null

/** What a test decides about Looker; the arrays are changed in place by the calls that write. */
export type FakeState = {
  looks: ILookWithQuery[]
  /** Results of `run_look` by Look id. */
  results: Record<string, unknown>
  plans: IScheduledPlan[]
  integrations: IIntegration[]
  /** Names of the fields of an action's form, where it is not ours. */
  forms: Record<string, string[]>
  /** Ids of users who are disabled. */
  disabledUsers: string[]
  stored: Map<string, string>
  attributes: Map<string, string>
  /** Imports that the action server knows, newest first. */
  imports: ImportDetail[]
  /** How syncs are, where a test decides it; else as their imports are. */
  healths: SyncHealth[]
  rejected: RejectedRowView[]
  /** Who is told of a sync; missing: nobody. */
  alerts?: SyncAlerts
  /** What is known of a join key that is asked for. */
  foundKeys: FoundKeys
  /** How two imports compare. */
  match?: Match
  /** Those that the server names; null: any ID may be written. */
  environments: HeapEnvironment[] | null
  /** Of the action server; else it fits. */
  serverVersion?: string
  failing: Partial<
    Record<CoreMethod | 'serverProxy' | 'fetchProxy', Failure | ((argument: unknown) => Failure)>
  >
  /** Methods that answer when the promise does. */
  waiting: Partial<Record<CoreMethod, Promise<void>>>
  /** Calls that were made, in order. */
  calls: { method: string; args: unknown[] }[]
}

const OUR_FORM = formFields({}).map(({ name }) => name)

/** An adaptor over plain data, for tests of the app outside Looker. */
export function fakeLooker(state: FakeState): LookerAdaptor {
  const answer = <T>(method: CoreMethod, make: (...args: never[]) => T) =>
    (async (...args: never[]) => {
      state.calls.push({ method, args })
      await state.waiting[method]
      const failure = failureOf(state, method, args[0])
      if (typeof failure === 'string') throw new Error(failure)
      if (failure) return { ok: false, error: failure }
      // Over the wire of Looker's frame everything is a copy.
      return { ok: true, value: structuredClone(make(...args)) }
    }) as never

  const save = (body: Partial<IScheduledPlan>): IScheduledPlan => {
    const plan = {
      id: String(100 + state.plans.length),
      enabled: true,
      user_id: '1',
      ...body,
    } as IScheduledPlan
    plan.user = { id: '1', display_name: 'Ann Analyst' }
    state.plans.push(plan)
    return plan
  }
  const planOf = (id: string) => {
    const plan = state.plans.find((candidate) => candidate.id === id)
    if (!plan) throw new Error(`no plan ${id}`)
    return plan
  }

  const sdk: Record<CoreMethod, unknown> = {
    all_datagroups: answer('all_datagroups', () => [
      { model_name: 'shop', name: 'nightly_etl' },
      { model_name: 'other', name: 'nightly_etl' },
    ]),
    all_integrations: answer('all_integrations', () => state.integrations),
    all_scheduled_plans: answer('all_scheduled_plans', () => state.plans.filter((plan) => !plan.run_once)),
    all_timezones: answer('all_timezones', () =>
      ['UTC', 'Europe/Berlin', 'America/New_York'].map((value) => ({ value, label: value, group: 'All' })),
    ),
    create_scheduled_plan: answer('create_scheduled_plan', save),
    delete_scheduled_plan: answer('delete_scheduled_plan', (id: string) => {
      state.plans.splice(state.plans.indexOf(planOf(id)), 1)
      return ''
    }),
    fetch_integration_form: answer('fetch_integration_form', (id: string) => ({
      fields: (state.forms[id] ?? OUR_FORM).map((name) => ({ name })),
    })),
    look: answer('look', (id: string) => state.looks.find((look) => look.id === id)),
    me: answer('me', () => ({ id: '1', display_name: 'Ann Analyst' })),
    run_look: answer('run_look', ({ look_id }: { look_id: string }) => state.results[look_id]),
    scheduled_plan: answer('scheduled_plan', planOf),
    scheduled_plan_run_once: answer('scheduled_plan_run_once', (body: Partial<IScheduledPlan>) =>
      save({ ...body, run_once: true }),
    ),
    scheduled_plan_run_once_by_id: answer('scheduled_plan_run_once_by_id', (id: string) =>
      save({ ...planOf(id), id: `${id}-copy`, run_once: true }),
    ),
    search_looks: answer('search_looks', searchLooks(state)),
    update_scheduled_plan: answer('update_scheduled_plan', (id: string, body: Partial<IScheduledPlan>) =>
      Object.assign(planOf(id), body),
    ),
    user: answer('user', (id: string) => ({ id, is_disabled: state.disabledUsers.includes(id) })),
  }
  return {
    sdk: sdk as LookerSdk,
    host: fakeHost(state),
    extensionId: 'heap-data-import::heap-data-import',
    lookerOrigin: 'https://looker.example.com',
  }
}

function failureOf(state: FakeState, method: keyof FakeState['failing'], argument: unknown): Failure {
  const failure = state.failing[method] ?? null
  return typeof failure === 'function' ? failure(argument) : failure
}

type Search = { title?: string; user_id?: string; limit: number; offset: number }

function searchLooks(state: FakeState) {
  return ({ title, user_id, limit, offset }: Search) => {
    const text = title?.replaceAll('%', '').toLowerCase() ?? ''
    return state.looks
      .filter((look) => (look.title ?? '').toLowerCase().includes(text))
      .filter((look) => user_id === undefined || look.user_id === user_id)
      .slice(offset, offset + limit)
  }
}

function fakeHost(state: FakeState): LookerHost {
  const proxy =
    (name: 'serverProxy' | 'fetchProxy', body: (url: string) => unknown) =>
    async (url: string, init?: unknown) => {
      state.calls.push({ method: name, args: [url, init] })
      const failure = failureOf(state, name, url)
      if (typeof failure === 'string') throw new Error(failure)
      if (failure) return { ok: false, headers: {}, status: 500, ...failure } as never
      return { ok: true, status: 200, headers: {}, body: body(url) }
    }
  return {
    createSecretKeyTag: (key) => `{{heap_data_import_heap_data_import_${key}}}`,
    serverProxy: proxy('serverProxy', () => ({ accessToken: 'token', expiresInSeconds: 900 })),
    fetchProxy: proxy('fetchProxy', (url) => answerApi(state, url)),
    localStorageGetItem: async (name) => state.stored.get(name) ?? null,
    localStorageSetItem: async (name, value = '') => Boolean(state.stored.set(name, value)),
    localStorageRemoveItem: async (name) => state.stored.delete(name),
    userAttributeGetItem: async (name) => {
      const value = state.attributes.get(name)
      if (value === undefined) throw new Error(`Error: user attribute ${name} does not exist`)
      return value
    },
    openBrowserWindow: (url) => state.calls.push({ method: 'openBrowserWindow', args: [url] }),
    updateTitle: () => {},
  }
}
