import type { ILook, ILookWithQuery } from '@looker/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slow } from '../../looks/slow.ts'
import { SAMPLE_LOOKS } from '../../looks.ts'
import { ADMIN, ANALYST, DEVELOPER, startLooker } from '../../testing/start-looker.ts'

let looker: Awaited<ReturnType<typeof startLooker>>

beforeAll(async () => {
  looker = await startLooker({
    generatedLooks: 10_000,
    looks: SAMPLE_LOOKS.map((look) =>
      look === slow ? { ...slow, slow: { firstByteSeconds: 0.3, pauseMilliseconds: 200 } } : look,
    ),
  })
})

afterAll(() => looker?.close())

const search = async (query: string) => (await looker.call<ILook[]>('GET', `/looks/search?${query}`)).body

describe('search_looks', () => {
  it('finds all of 10,000 Looks and the samples, a page at a time', async () => {
    const all = await search('fields=id')
    expect(all).toHaveLength(10_000 + SAMPLE_LOOKS.length)
    expect(Object.keys(all[0]!)).toEqual(['id'])
    const second = await search('fields=id&limit=10&offset=10')
    expect(second).toEqual(all.slice(10, 20))
    expect(await search('fields=id&page=2&per_page=10')).toEqual(second)
  })

  it('takes % as any text and does not look at case', async () => {
    const titles = (await search('title=%25crm+USERS%25')).map(({ title }) => title)
    expect(titles).toContain('CRM users')
    expect(titles.every((title) => /crm users/i.test(title ?? ''))).toBe(true)
    expect(await search('title=crm%20users')).toHaveLength(1)
    expect(await search('title=crm')).toHaveLength(0)
  })

  it('combines parameters, or takes any with filter_or', async () => {
    const both = await search('title=crm%25&user_id=2')
    const any = await search('title=crm%25&user_id=2&filter_or=true&limit=9999999')
    expect(both.every(({ title, user_id: id }) => /^crm/i.test(title ?? '') && id === '2')).toBe(true)
    expect(any.length).toBeGreaterThan(1_000)
    expect(await search('deleted=true')).toEqual([])
    expect(await search('description=IS%20NULL')).toEqual([])
  })

  it('sorts by several fields and refuses others', async () => {
    const found = await search('sorts=user_name%20desc,title&fields=user_name,title&limit=5000')
    const sorted = [...found].sort(
      (a, b) =>
        -(a.user_name ?? '').localeCompare(b.user_name ?? '') ||
        ((a.title ?? '').toLowerCase() < (b.title ?? '').toLowerCase() ? -1 : 1),
    )
    expect(found).toEqual(sorted)
    const recent = await search('sorts=updated_at%20desc&limit=2')
    expect(Date.parse(String(recent[0]?.updated_at))).toBeGreaterThan(
      Date.parse(String(recent[1]?.updated_at)),
    )
    expect(await looker.call('GET', '/looks/search?sorts=colour')).toMatchObject({ status: 400 })
  })

  it('leaves the fields that are asked for, in inner objects too', async () => {
    const [found] = await search('fields=id,title,folder(name),nothing&limit=1')
    expect(found).toEqual({ id: '1', title: 'CRM users', folder: { name: 'Heap samples' } })
  })
})

describe('look', () => {
  it('describes its query', async () => {
    const { body } = await looker.call<ILookWithQuery>('GET', '/looks/15')
    expect(body.query).toMatchObject({
      model: 'crm',
      limit: '500',
      query_timezone: 'UTC',
      vis_config: { hidden_fields: ['users.income'] },
    })
  })

  it('answers what Looker answers for a Look that is not there', async () => {
    expect(await looker.call('GET', '/looks/999999')).toEqual({
      status: 404,
      body: {
        message: 'Not found',
        documentation_url: 'https://cloud.google.com/looker/docs/r/err/4.0/404/get/looks/:look_id',
      },
    })
    expect(await looker.call('GET', '/lookz', undefined, ANALYST)).toMatchObject({ status: 404 })
    expect(await looker.call('GET', '/looks/1', undefined, '77')).toMatchObject({ status: 401 })
  })

  it('is in the list of all', async () => {
    const { body } = await looker.call<ILook[]>('GET', '/looks?fields=id,title')
    expect(body[1]).toEqual({ id: '2', title: 'CRM users with known defects' })
  })
})

describe('run_look', () => {
  type Detail = { fields: { dimensions: unknown[] }; data: Record<string, unknown>[]; errors?: unknown[] }
  const run = async (id: string, query: string, format = 'json_detail') =>
    (await looker.call<Detail>('GET', `/looks/${id}/run/${format}?${query}`)).body

  it('writes json_detail up to a limit, and to the Look’s own without one', async () => {
    const { data, fields } = await run('1', 'limit=3')
    expect(fields.dimensions).toHaveLength(6)
    expect(data).toHaveLength(3)
    expect(data[0]).toHaveProperty(['users.email', 'value'], 'person-00001@example.com')
    expect((await run('1', '')).data).toHaveLength(500)
    expect((await run('1', 'limit=-1')).data).toHaveLength(5_000)
  })

  it('is as quick with a million rows', async () => {
    expect((await run('7', 'limit=500')).data).toHaveLength(500)
  })

  it('writes plain rows as json', async () => {
    const rows = (await run('4', 'limit=2', 'json')) as unknown as Record<string, unknown>[]
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ 'users.email': 'buyer-1@example.com' })
    expect(rows[0]?.['orders.count']).toHaveProperty(['$$$_row_total_$$$'])
  })

  it('answers a failed query with status 200 and its errors', async () => {
    const { data, errors } = await run('10', 'limit=5')
    expect(data).toEqual([])
    expect(errors).toMatchObject([{ message_details: expect.stringContaining('Unrecognized name') }])
    expect(await run('10', '', 'json')).toMatchObject([{ looker_error: expect.stringMatching(/^SQL ERROR/) }])
  })

  it('shows a developer the columns in development, unless production is asked for', async () => {
    type Labels = { fields: { dimensions: { label: string }[] } }
    const labels = async (query: string, user: string) => {
      const { body } = await looker.call<Labels>('GET', `/looks/1/run/json_detail?${query}`, undefined, user)
      return body.fields.dimensions.map(({ label }) => label)
    }
    const production = await labels('limit=1', ANALYST)
    const development = await labels('limit=1&force_production=false', DEVELOPER)
    expect(development).toEqual(production.map((label) => `${label} (in development)`))
    expect(await labels('limit=1', DEVELOPER)).toEqual(development)
    expect(await labels('limit=1&force_production=true', DEVELOPER)).toEqual(production)
  })

  it('takes its time with a slow Look, and not more', async () => {
    const start = Date.now()
    expect((await run('12', 'limit=-1')).data).toHaveLength(2_000)
    const took = Date.now() - start
    expect(took).toBeGreaterThan(280)
    expect(took).toBeLessThan(2_500)
  })

  it('answers no rows for an empty Look and runs a generated one', async () => {
    expect((await run('8', '')).data).toEqual([])
    expect((await run('5000', 'limit=20')).data).toHaveLength(20)
    expect(await looker.call('GET', '/looks/1/run/csv')).toMatchObject({ status: 400 })
  })
})

describe('small operations', () => {
  it('tells who is at work', async () => {
    expect((await looker.call('GET', '/user', undefined, ADMIN)).body).toMatchObject({
      id: '1',
      display_name: 'Ada Admin',
    })
    expect((await looker.call('GET', '/user?fields=id')).body).toEqual({ id: '2' })
  })

  it('lists time zones, datagroups and the fields of the explore', async () => {
    const { body: zones } = await looker.call<{ value: string }[]>('GET', '/timezones')
    expect(zones.map(({ value }) => value)).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin']))
    expect((await looker.call('GET', '/datagroups')).body).toMatchObject([
      { model_name: 'crm', name: 'nightly_etl' },
      { model_name: 'crm', name: 'orders_loaded' },
      { model_name: 'finance', name: 'nightly_etl' },
    ])
    const explore = await looker.call<{ fields: { dimensions: { name: string }[] } }>(
      'GET',
      '/lookml_models/crm/explores/users?fields=fields',
    )
    expect(explore.body.fields.dimensions.map(({ name }) => name)).toContain('users.email')
    expect(await looker.call('GET', '/lookml_models/crm/explores/none')).toMatchObject({ status: 404 })
  })
})
