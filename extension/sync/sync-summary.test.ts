import type { IScheduledPlan } from '@looker/sdk'
import { expect, test } from 'vitest'
import { kindLookup } from '../actions/kind-lookup.ts'
import { findSyncs } from './sync-summary.ts'

const kindOf = kindLookup([
  { id: '7::heap', label: 'Heap', enabled: true, is: { kind: 'ours' } },
  { id: '8::heap', label: 'Heap', enabled: true, is: { kind: 'heap_own' } },
])
const now = new Date('2026-03-05T12:00:00Z')

const plan = (change: Partial<IScheduledPlan>): IScheduledPlan => ({
  id: '1',
  name: 'Customers to Heap',
  look_id: '42',
  enabled: true,
  crontab: '15 3 * * *',
  timezone: 'Europe/Berlin',
  user_id: '9',
  user: { display_name: 'Ann' },
  scheduled_plan_destination: [{ type: 'looker-integration://7::heap', parameters: '{"env_id":"11"}' }],
  ...change,
})

test('a sync is shown as its plan says', () => {
  expect(findSyncs([plan({})], kindOf, now)).toEqual([
    {
      id: '1',
      name: 'Customers to Heap',
      lookId: '42',
      schedule: 'Every day at 03:15',
      timezone: 'Europe/Berlin',
      environmentId: '11',
      owner: 'Ann',
      ownerId: '9',
      state: 'active',
      action: { kind: 'ours' },
      moreTargets: 0,
      nextRun: new Date('2026-03-06T02:15:00Z'),
      lastRun: null,
    },
  ])
})

test("Looker's own next run is believed", () => {
  const [sync] = findSyncs([plan({ next_run_at: '2026-03-07T00:00:00Z' as never })], kindOf, now)
  expect(sync?.nextRun).toEqual(new Date('2026-03-07T00:00:00Z'))
})

test('a paused sync has no next run', () => {
  expect(findSyncs([plan({ enabled: false })], kindOf, now)).toMatchObject([
    { state: 'paused', nextRun: null },
  ])
})

test('plans of others are no syncs', () => {
  const mail = plan({ scheduled_plan_destination: [{ type: 'email' }] })
  expect(
    findSyncs([mail, plan({ run_once: true }), plan({ scheduled_plan_destination: null })], kindOf, now),
  ).toEqual([])
})

test('a plan whose parameters cannot be read is a sync all the same', () => {
  const broken = plan({
    scheduled_plan_destination: [{ type: 'looker-integration://7::heap', parameters: 'no JSON' }],
    crontab: null,
    datagroup: 'shop::nightly',
  })
  expect(findSyncs([broken], kindOf, now)).toMatchObject([
    {
      environmentId: '',
      schedule: 'Whenever the datagroup nightly of the model shop triggers',
      timezone: null,
      nextRun: null,
    },
  ])
})
