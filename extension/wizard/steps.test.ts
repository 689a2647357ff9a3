import { describe, expect, test } from 'vitest'
import type { Draft } from '../sync/draft.ts'
import { emptyDraft } from '../sync/draft.ts'
import { aDraft } from '../testing/a-draft.ts'
import { furthestStep, isReachable, neighbour, STEPS, stepErrors, stepOfAddress } from './steps.ts'

describe('the furthest step', () => {
  test.each([
    ['a Look', emptyDraft('UTC'), 'look'],
    ['a join key', aDraft({ joinKey: '' }), 'map'],
    ['an environment', aDraft({ environmentId: '' }), 'map'],
    ['what to match by', aDraft({ matchBy: null }), 'map'],
    ['a datagroup', aDraft({ schedule: { kind: 'datagroup', datagroup: '' } }), 'schedule'],
    ['a day', aDraft({ schedule: { kind: 'weekly', days: [], time: '03:15' } }), 'schedule'],
    ['a time', aDraft({ schedule: { kind: 'daily', time: '' } }), 'schedule'],
    ['a minute', aDraft({ schedule: { kind: 'hourly', every: 1, minute: 60 } }), 'schedule'],
    ['a crontab', aDraft({ schedule: { kind: 'cron', crontab: 'daily' } }), 'schedule'],
    ['a percentage', aDraft({ maxRejectedPercent: 'some' }), 'schedule'],
    ['nothing', aDraft(), 'schedule'],
  ] satisfies [string, Draft, string][])('of a draft that lacks %s', (_what, draft, step) => {
    expect(furthestStep(draft)).toBe(step)
  })
})

test('steps up to the furthest can be reached', () => {
  const draft = aDraft({ joinKey: '' })
  expect(STEPS.map(({ id }) => isReachable(id, draft))).toEqual([true, true, false])
})

test('a percentage that is wrong is asked for in its own step', () => {
  const draft = aDraft({ maxRejectedPercent: '101' })
  expect(stepErrors('map', draft)).toEqual({})
  expect(Object.keys(stepErrors('schedule', draft))).toEqual(['max_rejected_percent'])
})

test('each step has its neighbours', () => {
  expect([neighbour('look', -1), neighbour('look', 1), neighbour('schedule', 1)]).toEqual([null, 'map', null])
})

test.each([
  ['look', 'look'],
  ['map', 'map'],
  ['schedule', 'schedule'],
  ['join-key', 'map'],
  ['properties', 'map'],
  ['when', 'schedule'],
  ['review', 'schedule'],
  ['constructor', null],
  ['', null],
])('the address %s names the step %s', (address, step) => {
  expect(stepOfAddress(address)).toBe(step)
})
