import type { IScheduledPlan } from '@looker/sdk'
import { expect, test } from 'vitest'
import { kindLookup } from '../actions/kind-lookup.ts'
import { importsOf } from './imports-of.ts'

const kindOf = kindLookup([
  { id: '7::heap', label: 'Heap', enabled: true, is: { kind: 'ours' } },
  { id: '8::heap', label: 'Heap', enabled: true, is: { kind: 'heap_own' } },
])
const to = (actionId: string, parameters: object) => ({
  type: `looker-integration://${actionId}`,
  parameters: JSON.stringify(parameters),
})
const ofPlan = (destinations: object[], copyId: string | null = null) =>
  importsOf({ id: '41', scheduled_plan_destination: destinations } as IScheduledPlan, kindOf, copyId)

const one = to('7::heap', { sync_id: ' one ' })
const none = to('7::heap', {})

test('imports of a sync with an ID are asked for by both', () => {
  expect(ofPlan([one])).toEqual([{ planId: '41', syncId: 'one' }])
  // The copy of Run now has the ID as well.
  expect(ofPlan([one], '42')).toEqual([{ planId: '41', syncId: 'one' }])
})

test('imports of a sync without one are asked for by its plan, and by the copy that is remembered', () => {
  expect(ofPlan([none])).toEqual([{ planId: '41', syncId: null }])
  expect(ofPlan([none], '42')).toEqual([
    { planId: '41', syncId: null },
    { planId: '42', syncId: null },
  ])
})

test('each destination of ours counts, once, and no other', () => {
  const two = to('7::heap', { sync_id: 'two' })
  const foreign = to('8::heap', { sync_id: 'foreign' })
  expect(ofPlan([one, two, one, foreign, none], '42')).toEqual([
    { planId: '41', syncId: 'one' },
    { planId: '41', syncId: 'two' },
    { planId: '41', syncId: null },
    { planId: '42', syncId: null },
  ])
})
