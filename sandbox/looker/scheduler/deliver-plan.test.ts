import type { IScheduledPlan } from '@looker/sdk'
import { request } from 'undici'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ADMIN, startLooker, validPlan } from '../testing/start-looker.ts'

let looker: Awaited<ReturnType<typeof startLooker>>

beforeEach(async () => {
  looker = await startLooker({
    action: {
      execute: async (payload) => {
        const { scheduled_plan: plan } = payload as { scheduled_plan: { download_url: string } }
        const { body } = await request(plan.download_url)
        const { data } = (await body.json()) as { data: unknown[] }
        return { pieces: [`{"looker":{"success":true,"message":"${data.length} rows"}}`] }
      },
    },
  })
})

afterEach(() => looker.close())

async function runOnce(change: Record<string, unknown>) {
  const known = looker.looker.history().length
  const body = validPlan({ crontab: undefined, ...change })
  await looker.call<IScheduledPlan>('POST', '/scheduled_plans/run_once', body)
  await expect.poll(() => looker.looker.history().length).toBeGreaterThan(known)
  const record = () => looker.looker.history()[0]
  await expect.poll(() => record()?.status, { timeout: 10_000 }).not.toBe('running')
  return record()
}

const destination = (change: Record<string, unknown>) => ({
  scheduled_plan_destination: [
    { type: 'looker-integration://7::heap', format: 'json_detail_lite_stream', ...change },
  ],
})

it('sends all rows, or as many as the Look shows', async () => {
  expect(await runOnce({ look_id: '1' })).toMatchObject({ message: '10000 rows', rowsSent: 10_000 })
  expect(await runOnce({ look_id: '1', send_all_results: false })).toMatchObject({ message: '500 rows' })
})

it('keeps to the gates', async () => {
  const empty = { look_id: '8' }
  expect(await runOnce({ ...empty, require_results: true })).toMatchObject({
    status: 'skipped',
    message: 'Not sent: the Look has no results.',
  })
  expect(await runOnce({ ...empty, require_no_results: true })).toMatchObject({ message: '0 rows' })
  expect(await runOnce({ look_id: '3', require_no_results: true })).toMatchObject({ status: 'skipped' })
})

it('sends unchanged results once when only changes count', async () => {
  const body = validPlan({ datagroup: 'crm::nightly_etl', crontab: undefined, require_change: true })
  await looker.call('POST', '/scheduled_plans', body)
  looker.looker.instance.scheduler.trigger('crm::nightly_etl')
  await expect.poll(() => looker.looker.history()[0]?.status).toBe('success')
  looker.looker.instance.scheduler.trigger('crm::nightly_etl')
  await expect.poll(() => looker.looker.history()[0]?.status).toBe('skipped')
  expect(looker.looker.history()[0]).toMatchObject({ trigger: 'datagroup', planName: 'Heap user sync' })
})

it('says why it cannot deliver', async () => {
  expect(
    await runOnce(destination({ type: 'email', format: 'csv', address: 'a@example.com' })),
  ).toMatchObject({
    status: 'failure',
    message: 'The stand-in does not deliver to email.',
  })
  expect(await runOnce(destination({ type: 'looker-integration://9::heap' }))).toMatchObject({
    message: 'There is no integration 9::heap.',
  })
  expect(await runOnce(destination({ format: 'csv' }))).toMatchObject({
    message: 'The stand-in does not write csv.',
  })
  await looker.call('PATCH', '/integrations/7::heap', { enabled: false }, ADMIN)
  expect(await runOnce({})).toMatchObject({ message: 'The integration 7::heap is not enabled.' })
})

it.each([
  ['sent', 'success'],
  ['refused', 'failure'],
] as const)(
  'with a format that the listing does not offer any more is %s',
  async (unlistedFormat, status) => {
    await looker.close()
    looker = await startLooker({ unknowns: { unlistedFormat } })
    expect(await runOnce(destination({ format: 'json_detail' }))).toMatchObject({ status })
  },
)
