import type { IScheduledPlan, IScheduledPlanDestination } from '@looker/sdk'
import { describe, expect, test } from 'vitest'
import { kindLookup } from '../actions/kind-lookup.ts'
import { aDraft } from '../testing/a-draft.ts'
import { heapDestination } from './destination.ts'
import { planChange } from './plan-change.ts'
import { formParams } from './settings.ts'
import { syncTarget } from './targets.ts'

const kindOf = kindLookup([
  { id: '7::heap', label: 'Heap', enabled: true, is: { kind: 'ours' } },
  { id: '8::heap', label: 'Heap', enabled: true, is: { kind: 'heap_own' } },
])
const S3 = {
  type: 's3',
  format: 'csv',
  address: 's3://bucket/path/',
  apply_formatting: true,
  apply_vis: true,
  parameters: '{"access_key_id":"k","region":"eu-west-1"}',
  message: null as never,
}
const MAIL = { type: 'email', format: 'csv', address: 'ann@example.com' }
const HEAPS_OWN = {
  type: 'looker-integration://8::heap',
  format: 'json_detail_lite_stream',
  parameters: '{}',
}

const draft = aDraft()
const ours = heapDestination('7::heap', formParams(draft, false))

/** As Looker answers it: with an id, and secrets are not there. */
const planWith = (...destinations: IScheduledPlanDestination[]): IScheduledPlan => ({
  id: '41',
  scheduled_plan_destination: destinations.map((destination, index) => ({
    ...destination,
    id: String(index),
    scheduled_plan_id: '41',
    looker_recipient: false,
  })),
})

function changeOf(plan: IScheduledPlan, changed = draft) {
  const target = syncTarget(plan, kindOf)!
  return planChange(changed, '7::heap', plan, target, kindOf)
}

describe('beside a destination that may hold secrets', () => {
  const others = [S3, { type: 'sftp', format: 'csv' }, { type: 'looker-integration://9::segment' }, {}]

  test.each(others)('%j is not written when only the schedule changes', (other) => {
    const plan = planWith(other, ours)
    const { kind, change } = changeOf(
      plan,
      aDraft({ name: 'New', schedule: { kind: 'daily', time: '04:00' } }),
    )
    expect(kind).toBe('whole')
    expect(change).toMatchObject({ name: 'New', crontab: '0 4 * * *' })
    expect(change).not.toHaveProperty('scheduled_plan_destination')
  })

  test.each(others)('%j is not written either when settings change, which is said', (other) => {
    const result = changeOf(planWith(other, ours), aDraft({ environmentId: '12' }))
    expect(result).toMatchObject({ kind: 'loses_secrets', holders: [expect.any(String)] })
    expect(result.change).not.toHaveProperty('scheduled_plan_destination')
  })

  test('the ID of a sync alone changes no setting', () => {
    const parameters = JSON.stringify({ ...formParams(draft, false), sync_id: 'an-id-of-16-chars' })
    expect(changeOf(planWith(S3, { ...ours, parameters })).kind).toBe('whole')
  })

  test('format and formatting are settings', () => {
    for (const change of [{ format: 'json_detail' }, { apply_formatting: true }, { apply_vis: true }]) {
      expect(changeOf(planWith(S3, { ...ours, ...change })).kind).toBe('loses_secrets')
    }
  })

  test('it is named', () => {
    expect(changeOf(planWith(MAIL, S3, ours), aDraft({ environmentId: '12' }))).toMatchObject({
      holders: ['Amazon S3 (s3://bucket/path/)'],
    })
  })
})

test('destinations without secrets are written as they are, in their places', () => {
  const other = heapDestination('7::heap', { env_id: '22', property_type: 'account', heap_field: 'ID' })
  const plan = planWith(MAIL, HEAPS_OWN, ours, other)
  const { kind, change } = changeOf(plan, aDraft({ environmentId: '12' }))
  expect(kind).toBe('whole')
  const written = change.scheduled_plan_destination ?? []
  expect(written).toHaveLength(4)
  expect([written[0], written[1], written[3]]).toEqual([MAIL, HEAPS_OWN, other])
  expect(JSON.parse(written[2]?.parameters ?? '')).toMatchObject({ env_id: '12' })
})
