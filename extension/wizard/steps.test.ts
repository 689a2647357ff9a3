import { describe, expect, test } from 'vitest'
import type { Draft } from '../sync/draft.ts'
import { emptyDraft } from '../sync/draft.ts'
import { aDraft } from '../testing/a-draft.ts'
import { furthestStep, isReachable, isStep, neighbour, stepErrors } from './steps.ts'

describe('the furthest step', () => {
  test.each([
    ['a Look', emptyDraft('UTC'), 'look'],
    ['a join key', aDraft({ joinKey: '' }), 'join-key'],
    ['an environment', aDraft({ environmentId: '' }), 'join-key'],
    ['what to match by', aDraft({ matchBy: null }), 'join-key'],
    ['a datagroup', aDraft({ schedule: { kind: 'datagroup', datagroup: '' } }), 'when'],
    ['a day', aDraft({ schedule: { kind: 'weekly', days: [], time: '03:15' } }), 'when'],
    ['a time', aDraft({ schedule: { kind: 'daily', time: '' } }), 'when'],
    ['a minute', aDraft({ schedule: { kind: 'hourly', every: 1, minute: 60 } }), 'when'],
    ['a crontab', aDraft({ schedule: { kind: 'cron', crontab: 'daily' } }), 'when'],
    ['a percentage', aDraft({ maxRejectedPercent: 'some' }), 'when'],
    ['nothing', aDraft(), 'review'],
  ] satisfies [string, Draft, string][])('of a draft that lacks %s', (_what, draft, step) => {
    expect(furthestStep(draft)).toBe(step)
  })
})

test('steps up to the furthest can be reached', () => {
  const draft = aDraft({ joinKey: '' })
  expect(['look', 'join-key', 'properties'].map((step) => isStep(step) && isReachable(step, draft))).toEqual([
    true,
    true,
    false,
  ])
})

test('a percentage that is wrong is asked for in its own step', () => {
  expect(stepErrors('join-key', aDraft({ maxRejectedPercent: '101' }))).toEqual({})
})

test('each step has its neighbours', () => {
  expect([neighbour('look', -1), neighbour('look', 1), neighbour('review', 1)]).toEqual([
    null,
    'join-key',
    null,
  ])
})
