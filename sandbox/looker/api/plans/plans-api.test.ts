import type { IScheduledPlan, IValidationError } from '@looker/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADMIN, ANALYST, LEAD, startLooker, VIEWER, validPlan } from '../../testing/start-looker.ts'

let looker: Awaited<ReturnType<typeof startLooker>>

beforeEach(async () => {
  looker = await startLooker()
})

afterEach(() => looker.close())

const create = (change = {}, userId = ANALYST) =>
  looker.call<IScheduledPlan>('POST', '/scheduled_plans', validPlan(change), userId)

async function refusedFields(change: Record<string, unknown>, path = '/scheduled_plans'): Promise<string[]> {
  const { status, body } = await looker.call<IValidationError>('POST', path, validPlan(change))
  expect(status).toBe(422)
  expect(body.message).toBe('Validation Failed')
  expect(body.documentation_url).toContain('/err/4.0/422/post/scheduled_plans')
  return (body.errors ?? []).map(({ field }) => field ?? '')
}

describe('create_scheduled_plan', () => {
  it('answers the plan with what Looker adds', async () => {
    const { status, body } = await create({ look_id: 3 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      look_id: '3',
      title: 'Accounts',
      user_id: ANALYST,
      user: { display_name: 'Ann Analyst' },
      enabled: true,
      run_once: false,
      last_run_at: null,
      scheduled_plan_destination: [{ id: expect.any(String), type: 'looker-integration://7::heap' }],
    })
    const next = new Date(String(body.next_run_at))
    expect(next.getUTCHours()).toBe(3)
    expect(next.getTime()).toBeGreaterThan(Date.now())
  })

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a name', { name: undefined }, ['name']],
    ['content', { look_id: undefined }, ['look_id']],
    ['one content only', { query_id: '903' }, ['query_id']],
    ['a time to run', { crontab: undefined }, ['crontab']],
    ['one trigger only', { datagroup: 'crm::nightly_etl' }, ['datagroup']],
    ['a datagroup that exists', { crontab: undefined, datagroup: 'crm::none' }, ['datagroup']],
    ['a datagroup with its model', { crontab: undefined, datagroup: 'orders_loaded' }, ['datagroup']],
    ['a cron string', { crontab: 'every morning' }, ['crontab']],
    ['five parts', { crontab: '0 0 3 * * *' }, ['crontab']],
    ['a time zone', { timezone: 'Mars/Olympus' }, ['timezone']],
    ['destinations', { scheduled_plan_destination: [] }, ['scheduled_plan_destination']],
    ['destinations that are not null', { scheduled_plan_destination: null }, ['scheduled_plan_destination']],
    [
      'all gates with a Look',
      { require_results: undefined, require_no_results: undefined, require_change: undefined },
      ['require_results', 'require_no_results', 'require_change'],
    ],
    ['fields that exist', { crontabs: '0 3 * * *' }, ['crontabs']],
    ['the right types', { send_all_results: 'yes' }, ['send_all_results']],
    ['texts as tabs', { tab_ids: [1] }, ['tab_ids']],
    [
      'members of a destination that exist',
      { scheduled_plan_destination: [{ type: 'email', format: 'csv', adress: 'a@b.co' }] },
      ['scheduled_plan_destination.adress'],
    ],
    [
      'a type and a format',
      { scheduled_plan_destination: [{ type: 'heap', format: 'parquet' }] },
      ['scheduled_plan_destination.type', 'scheduled_plan_destination.format'],
    ],
    [
      'parameters as a JSON text',
      {
        scheduled_plan_destination: [
          { type: 'looker-integration://7::heap', format: 'json_detail', parameters: { env_id: '11' } },
        ],
      },
      ['scheduled_plan_destination.parameters'],
    ],
  ])('wants %s', async (_what, change, fields) => {
    expect(await refusedFields(change)).toEqual(fields)
  })

  it('is refused without the permission to send, and for a Look that is not there', async () => {
    expect(await create({}, VIEWER)).toMatchObject({ status: 404, body: { message: 'Not found' } })
    expect(await create({ look_id: '99999' })).toMatchObject({ status: 404, body: { message: 'Not found' } })
  })

  it('lets only admins make plans of others', async () => {
    expect((await create({ user_id: '4' }, ADMIN)).body.user_id).toBe('4')
    expect((await create({ user_id: '4' }, ANALYST)).body.user_id).toBe(ANALYST)
  })
})

describe('plans of others', () => {
  it('are seen with see_schedules only', async () => {
    const { body: plan } = await create()
    const path = `/scheduled_plans/${plan.id}`
    expect(await looker.call('GET', path, undefined, VIEWER)).toMatchObject({ status: 404 })
    expect(await looker.call('GET', path, undefined, LEAD)).toMatchObject({ status: 200 })
    expect((await looker.call('GET', '/scheduled_plans', undefined, LEAD)).body).toEqual([])
    expect((await looker.call('GET', '/scheduled_plans?all_users=true', undefined, LEAD)).body).toHaveLength(
      1,
    )
    expect(await looker.call('GET', '/scheduled_plans?all_users=true')).toMatchObject({ status: 404 })
    expect((await looker.call('GET', '/scheduled_plans/look/3')).body).toHaveLength(1)
    expect((await looker.call('GET', '/scheduled_plans/look/1')).body).toEqual([])
  })

  it('are changed by admins only', async () => {
    const { body: plan } = await create()
    const path = `/scheduled_plans/${plan.id}`
    expect(await looker.call('PATCH', path, { enabled: false }, LEAD)).toMatchObject({ status: 404 })
    expect(await looker.call('DELETE', path, undefined, LEAD)).toMatchObject({ status: 404 })
    expect(await looker.call('POST', `${path}/run_once`, {}, LEAD)).toMatchObject({ status: 404 })
    expect(await looker.call('PATCH', path, { enabled: false }, ADMIN)).toMatchObject({ status: 200 })
  })
})

describe('update_scheduled_plan', () => {
  it('replaces destinations, and keeps them when none are given', async () => {
    const { body: plan } = await create()
    const path = `/scheduled_plans/${plan.id}`
    const renamed = await looker.call<IScheduledPlan>('PATCH', path, { name: 'New name' })
    expect(renamed.body).toMatchObject({
      name: 'New name',
      scheduled_plan_destination: [{ format: 'json_detail_lite_stream' }],
    })
    const [destination] = plan.scheduled_plan_destination ?? []
    const two = [
      { ...destination, format: 'json_detail' },
      { type: 'email', format: 'csv', address: 'a@b.co' },
    ]
    const replaced = await looker.call<IScheduledPlan>('PATCH', path, { scheduled_plan_destination: two })
    expect(replaced.body.scheduled_plan_destination?.map(({ format }) => format)).toEqual([
      'json_detail',
      'csv',
    ])
    expect(await looker.call('PATCH', path, { scheduled_plan_destination: [] })).toMatchObject({
      status: 422,
    })
    expect(await looker.call('PATCH', path, { scheduled_plan_destination: null })).toMatchObject({
      status: 422,
    })
  })

  it('moves the next run, and takes it away with the clock', async () => {
    const { body: plan } = await create()
    const path = `/scheduled_plans/${plan.id}`
    const berlin = await looker.call<IScheduledPlan>('PATCH', path, {
      timezone: 'Asia/Tokyo',
      crontab: '30 9 * * 1',
    })
    expect(String(berlin.body.next_run_at)).toMatch(/T00:30:00.000Z$/)
    const paused = await looker.call<IScheduledPlan>('PATCH', path, { enabled: false })
    expect(paused.body.next_run_at).toBeNull()
    const resumed = await looker.call<IScheduledPlan>('PATCH', path, { enabled: true })
    expect(resumed.body.next_run_at).toEqual(berlin.body.next_run_at)
    const triggered = await looker.call<IScheduledPlan>('PATCH', path, {
      crontab: null,
      datagroup: 'finance::nightly_etl',
    })
    expect(triggered.body).toMatchObject({
      crontab: null,
      datagroup: 'finance::nightly_etl',
      next_run_at: null,
    })
    expect(await looker.call('PATCH', path, { datagroup: null })).toMatchObject({ status: 422 })
  })
})

it('takes every field that the API description has, also those that the SDK does not know', async () => {
  const fields = { include_dashboard_summary: true, pdf_page_breaks: false, tab_ids: ['1', 'two'] }
  expect(await create(fields)).toMatchObject({ status: 200, body: fields })
})

describe('secret parameters', () => {
  const S3 = {
    type: 's3',
    format: 'csv',
    address: 's3://bucket/path/',
    parameters: '{"access_key_id":"k","region":"eu-west-1"}',
  }
  const secret_parameters = '{"secret_access_key":"hush"}'
  const withS3 = () => ({
    scheduled_plan_destination: [
      ...(validPlan().scheduled_plan_destination as object[]),
      { ...S3, secret_parameters },
    ],
  })

  it.each(['lost', 'kept'] as const)('are never read, and %s when written again without', async (secrets) => {
    await looker.close()
    looker = await startLooker({ unknowns: { secrets } })
    const { body: plan } = await create(withS3())
    const path = `/scheduled_plans/${plan.id}`
    expect(JSON.stringify(plan)).not.toContain('hush')
    const { secretsOf } = looker.looker.instance.plans
    expect(secretsOf(plan.id ?? '')).toEqual([null, secret_parameters])

    await looker.call('PATCH', path, { name: 'Other' })
    expect(secretsOf(plan.id ?? '')).toEqual([null, secret_parameters])
    const { body: copy } = await looker.call<IScheduledPlan>('POST', `${path}/run_once`, {})
    expect(secretsOf(copy.id ?? '')).toEqual([null, secret_parameters])

    const again = (plan.scheduled_plan_destination ?? []).map(
      ({ id: _, looker_recipient: __, ...rest }) => rest,
    )
    const written = await looker.call('PATCH', path, { scheduled_plan_destination: again })
    expect(written).toMatchObject({ status: 200 })
    expect(secretsOf(plan.id ?? '')).toEqual([null, secrets === 'lost' ? null : secret_parameters])
  })
})

describe.each([
  ['not_found', 404],
  ['bad_request', 400],
] as const)('where a missing permission is %s', (refusal, status) => {
  it('is refused with a status that the operation documents', async () => {
    await looker.close()
    looker = await startLooker({ unknowns: { refusal } })
    const { body: plan } = await create()
    const path = `/scheduled_plans/${plan.id}`
    for (const [verb, address, body, user] of [
      ['POST', '/scheduled_plans', validPlan(), VIEWER],
      ['GET', '/scheduled_plans?all_users=true', undefined, ANALYST],
      ['PATCH', path, { enabled: false }, LEAD],
      ['DELETE', path, undefined, LEAD],
      ['POST', `${path}/run_once`, {}, LEAD],
    ] as const) {
      expect(await looker.call(verb, address, body, user)).toMatchObject({ status })
    }
  })
})

it("answers the caller's own plans where those of others are left out", async () => {
  await looker.close()
  looker = await startLooker({ unknowns: { plansOfOthers: 'left_out' } })
  await create()
  await create({}, ADMIN)
  const all = (userId: string) =>
    looker.call<IScheduledPlan[]>('GET', '/scheduled_plans?all_users=true', undefined, userId)
  expect((await all(ANALYST)).body.map(({ user_id: owner }) => owner)).toEqual([ANALYST])
  expect((await all(LEAD)).body).toHaveLength(2)
})

it('deletes a plan', async () => {
  const { body: plan } = await create()
  expect(await looker.call('DELETE', `/scheduled_plans/${plan.id}`)).toEqual({ status: 204, body: '' })
  expect(await looker.call('GET', `/scheduled_plans/${plan.id}`)).toMatchObject({ status: 404 })
})

describe('running once', () => {
  it('delivers at once and needs no time to run at', async () => {
    const body = validPlan({ crontab: undefined })
    const { body: plan } = await looker.call<IScheduledPlan>('POST', '/scheduled_plans/run_once', body)
    expect(plan).toMatchObject({ run_once: true, next_run_at: null, last_run_at: expect.any(String) })
    await expect.poll(() => looker.looker.history()[0]?.status).toBe('success')
    expect(looker.looker.history()[0]).toMatchObject({ planId: plan.id, trigger: 'run once', lookId: '3' })
    const execute = looker.hub.requests.find(({ url }) => url === '/execute')
    expect(execute?.body).toMatchObject({
      scheduled_plan: { scheduled_plan_id: plan.id, title: 'Heap user sync', query: { limit: '-1' } },
      form_params: { env_id: '11' },
    })
    expect((await looker.call('GET', '/scheduled_plans')).body).toEqual([])
    expect(await looker.call('GET', `/scheduled_plans/${plan.id}`)).toMatchObject({ status: 200 })
  })

  it('copies a plan and leaves it as it is', async () => {
    const { body: plan } = await create({ look_id: '1' })
    const path = `/scheduled_plans/${plan.id}`
    const { body: copy } = await looker.call<IScheduledPlan>('POST', `${path}/run_once`, {
      send_all_results: false,
    })
    expect(copy.id).not.toBe(plan.id)
    await expect.poll(() => looker.looker.history()[0]?.status).toBe('success')
    const execute = looker.hub.requests.find(({ url }) => url === '/execute')
    expect(execute?.body).toMatchObject({
      scheduled_plan: { scheduled_plan_id: copy.id, query: { limit: '500' } },
    })
    expect((await looker.call('GET', path)).body).toMatchObject({ send_all_results: true, last_run_at: null })
  })

  it('wants the gates with a Look here too', async () => {
    const fields = await refusedFields(
      { crontab: undefined, require_change: undefined },
      '/scheduled_plans/run_once',
    )
    expect(fields).toEqual(['require_change'])
  })
})
