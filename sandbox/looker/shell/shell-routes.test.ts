import type { IScheduledPlan } from '@looker/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLooker, validPlan } from '../testing/start-looker.ts'

let looker: Awaited<ReturnType<typeof startLooker>>

beforeAll(async () => {
  looker = await startLooker({ empty: true })
})

afterAll(() => looker?.close())

const inject = (method: 'GET' | 'POST', url: string, user: string, form: Record<string, string> = {}) =>
  looker.looker.app.inject({
    method,
    url,
    headers: { cookie: `looker_user=${user}`, 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'POST' ? { payload: new URLSearchParams(form).toString() } : {}),
  })
const get = async (url: string, user = '2') => (await inject('GET', url, user)).body
const post = async (url: string, form: Record<string, string> = {}, user = '2') =>
  (await inject('POST', url, user, form)).headers.location

describe('Looks', () => {
  it('are listed, found and paged through', async () => {
    expect(await get('/looks')).toContain('CRM users with known defects')
    expect(await get('/looks?search=unusual')).toContain('1 to 1')
    expect(await get('/looks?search=no%20such')).toContain('No Look has “no such”')
    expect(await get('/looks?offset=25')).toContain('26 to 50')
  })

  it('show what is in them, and what goes wrong', async () => {
    expect(await get('/looks/4')).toContain('$$$_row_total_$$$: 5')
    expect(await get('/looks/6')).toContain('and 138 more columns')
    expect(await get('/looks/8')).toContain('No results.')
    expect(await get('/looks/10')).toContain('Unrecognized name')
    expect(await get('/looks/99999')).toContain('Not found')
  })
})

it('knows who is at work', async () => {
  expect(await get('/looks', '3')).toContain('<option value="3" selected>Ben Viewer</option>')
  const answer = await inject('POST', '/user', '2', { user: '1' })
  expect(answer.headers['set-cookie']).toContain('looker_user=1;')
})

describe('Admin > Actions', () => {
  it('is for admins', async () => {
    expect(await get('/admin/actions')).toContain('Only admins see this page')
    expect(await post('/admin/actions/hubs', { url: looker.hub.origin })).toBe(
      '/admin/actions?problem=Not+found',
    )
  })

  it('adds, enables, tests and deletes', async () => {
    const admin = '1'
    await post('/admin/actions/hubs', { url: looker.hub.origin, token: 'secret' }, admin)
    expect(await get('/admin/actions', admin)).toContain('not enabled')
    await post('/admin/actions/integrations/7%3A%3Aheap', { enabled: 'yes' }, admin)
    expect(await get('/admin/actions', admin)).toContain('Disable')
    expect(await post('/admin/actions/integrations/7%3A%3Aheap/test', {}, admin)).toContain(
      'The+test+succeeded',
    )
    expect(await post('/admin/actions/hubs', { url: looker.hub.origin }, admin)).toContain('already+exists')
    await post('/admin/actions/hubs/7/delete', {}, admin)
    expect(await get('/admin/actions', admin)).not.toContain(looker.hub.origin)
  })
})

describe('Schedules', () => {
  it('are paused, run, deleted, and those of others are not seen', async () => {
    await looker.looker.register()
    const target = {
      ...(validPlan().scheduled_plan_destination as object[])[0],
      type: 'looker-integration://8::heap',
    }
    const { body: plan } = await looker.call<IScheduledPlan>(
      'POST',
      '/scheduled_plans',
      validPlan({ name: 'Mine & more', scheduled_plan_destination: [target] }),
    )
    expect(await get('/schedules')).toContain('Mine &amp; more')
    expect(await get('/schedules', '3')).not.toContain('Mine')
    expect(await get('/schedules', '4')).toContain('Mine')
    expect(await post(`/schedules/${plan.id}/pause`, {}, '4')).toContain('problem=Not+found')
    await post(`/schedules/${plan.id}/pause`)
    expect(await get('/schedules')).toContain('paused')
    await post(`/schedules/${plan.id}/run`)
    await expect.poll(() => get('/fragments/history')).toContain('run once')
    await expect.poll(() => get('/fragments/history')).toContain('Success')
    await post(`/schedules/${plan.id}/delete`)
    expect(await get('/schedules')).toContain('None yet')
    expect(await post('/datagroups/crm%3A%3Anightly_etl/trigger')).toBe('/schedules')
  })
})

it('lets admins make and delete user attributes', async () => {
  const form = { name: 'my_key', value: 'hush', hidden: 'yes', domains: 'https://a.example.com/*' }
  await post('/admin/user_attributes', form)
  expect(looker.looker.instance.attributes.find('my_key')).toBeUndefined()
  await post('/admin/user_attributes', form, '1')
  const page = await get('/admin/user_attributes', '1')
  expect(page).toContain('my_key')
  expect(page).not.toContain('hush')
  await post('/admin/user_attributes/my_key/delete', {}, '1')
  expect(looker.looker.instance.attributes.find('my_key')).toBeUndefined()
})
