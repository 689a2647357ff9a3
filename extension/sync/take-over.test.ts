import type { IScheduledPlan } from '@looker/sdk'
import { expect, test } from 'vitest'
import { kindLookup } from '../actions/kind-lookup.ts'
import { planTakeOver } from './take-over.ts'
import { foreignTargets } from './targets.ts'

const kindOf = kindLookup([
  { id: '7::heap', label: 'Heap', enabled: true, is: { kind: 'ours' } },
  { id: '8::heap', label: 'Heap', enabled: true, is: { kind: 'heap_own' } },
])
const heapsOwn = (params: object = { env_id: '11', property_type: 'user', heap_field: 'Users Email' }) => ({
  type: 'looker-integration://8::heap',
  format: 'json_detail_lite_stream',
  parameters: JSON.stringify(params),
})
const MAIL = { type: 'email', format: 'csv', address: 'ann@example.com' }
const aPlan = (change: Partial<IScheduledPlan> = {}): IScheduledPlan => ({
  id: '41',
  name: 'Segments',
  look_id: '1',
  crontab: '0 3 * * *',
  timezone: 'UTC',
  send_all_results: true,
  require_change: true,
  filters_string: '?users.country=FR',
  scheduled_plan_destination: [MAIL, heapsOwn()],
  ...change,
})

function takeOver(plan = aPlan(), model: string | null = 'shop') {
  return planTakeOver({ plan, target: foreignTargets(plan, kindOf)[0]!, actionId: '7::heap', kindOf, model })
}

function possible(plan?: IScheduledPlan, model?: string | null) {
  const result = takeOver(plan, model)
  if (result.kind !== 'possible') throw new Error(result.reasons.join())
  return result
}

/** The parameters that our action will get. */
function paramsOf(plan?: IScheduledPlan) {
  return JSON.parse(possible(plan).second.scheduled_plan_destination?.[0]?.parameters ?? '')
}

test('environment, type and column stay, and the property that Heap is set up for', () => {
  expect(paramsOf()).toEqual({
    env_id: '11',
    property_type: 'user',
    heap_field: 'Users Email',
    match_by: 'heap_setup',
    dry_run: 'no',
    max_rejected_percent: '0',
    sync_id: expect.stringMatching(/^[\w-]{16,64}$/),
  })
})

test('accounts have nothing to match by but their ID', () => {
  const params = { env_id: '11', property_type: 'account', heap_field: 'ID' }
  const plan = aPlan({ scheduled_plan_destination: [heapsOwn(params)] })
  expect(paramsOf(plan)).not.toHaveProperty('match_by')
  expect(possible(plan).settings).toMatchObject({ environmentId: '11', propertyType: 'account' })
})

test('the check is a dry run of the same rows, to our action only', () => {
  const { check } = possible()
  expect(check).toMatchObject({
    look_id: '1',
    filters_string: '?users.country=FR',
    send_all_results: true,
    require_results: false,
    require_change: true,
    scheduled_plan_destination: [{ type: 'looker-integration://7::heap' }],
  })
  const params = JSON.parse(check.scheduled_plan_destination?.[0]?.parameters ?? '')
  expect(params).toMatchObject({ dry_run: 'yes' })
  expect(params).not.toHaveProperty('sync_id')
})

test('the switch changes the one destination and nothing else', () => {
  const { change, holders } = possible()
  expect(holders).toEqual([])
  expect(Object.keys(change)).toEqual(['scheduled_plan_destination'])
  expect(change.scheduled_plan_destination).toEqual([
    MAIL,
    expect.objectContaining({ type: 'looker-integration://7::heap', apply_formatting: false }),
  ])
})

test('beside secrets there is a second plan of the same times', () => {
  const plan = aPlan({ scheduled_plan_destination: [{ type: 's3', format: 'csv' }, heapsOwn()] })
  const { second, holders } = possible(plan)
  expect(holders).toEqual(['Amazon S3'])
  expect(second).toMatchObject({
    name: 'Segments (Heap only)',
    look_id: '1',
    crontab: '0 3 * * *',
    timezone: 'UTC',
  })
  expect(second.scheduled_plan_destination).toHaveLength(1)
})

test('a datagroup without its model gets that of the Look', () => {
  const bare = aPlan({ crontab: null as never, datagroup: 'nightly' })
  expect(possible(bare).change).toMatchObject({ datagroup: 'shop::nightly' })
  expect(possible(bare).second).toMatchObject({ datagroup: 'shop::nightly', crontab: null })
  expect(possible(aPlan({ datagroup: 'crm::nightly' })).change).not.toHaveProperty('datagroup')
})

test.each([
  [{ look_id: null as never }, /schedule of a Look/],
  [
    { scheduled_plan_destination: [heapsOwn({ env_id: 'x', property_type: 'user', heap_field: 'E' })] },
    /digits/,
  ],
])('%j cannot be taken over, with a reason', (change, reason) => {
  expect(takeOver(aPlan(change))).toMatchObject({
    kind: 'impossible',
    reasons: [expect.stringMatching(reason)],
  })
})
