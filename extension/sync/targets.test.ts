import type { IScheduledPlan } from '@looker/sdk'
import { expect, test } from 'vitest'
import type { ActionKind } from '../actions/action-kind.ts'
import { kindLookup } from '../actions/kind-lookup.ts'
import { findForeignSchedules } from './foreign-schedule.ts'
import { findSyncs } from './sync-summary.ts'
import { foreignTargets, narrowTo, syncTarget } from './targets.ts'

const now = new Date('2026-03-05T12:00:00Z')
const action = (hub: string, is: ActionKind) => ({ id: `${hub}::heap`, label: 'Heap', enabled: true, is })
const kindOf = kindLookup([
  action('7', { kind: 'ours' }),
  action('8', { kind: 'heap_own' }),
  action('9', { kind: 'failed', error: new Error('no form') }),
  action('10', { kind: 'unknown', fields: ['channel'] }),
  action('11', { kind: 'outdated', missing: ['sync_id'] }),
])

const to = (hub: string, params: object = { env_id: hub }) => ({
  type: `looker-integration://${hub}::heap`,
  parameters: JSON.stringify(params),
})
const plan = (...destinations: object[]): IScheduledPlan => ({
  id: '41',
  name: 'P',
  look_id: '1',
  crontab: '0 3 * * *',
  scheduled_plan_destination: destinations,
})

test.each([
  ['ours', plan(to('7')), 0, 'ours'],
  ['ours before others of the plan', plan({ type: 'email' }, to('8'), to('12'), to('9'), to('7')), 4, 'ours'],
  ['an older server', plan(to('9'), to('11')), 1, 'outdated'],
  ['one whose form cannot be read', plan(to('9')), 0, 'failed'],
  ['one that is gone', plan(to('12')), 0, 'gone'],
])('a plan is a sync by %s', (_what, plan, index, kind) => {
  const target = syncTarget(plan, kindOf)
  expect(target).toMatchObject({ index, is: { kind } })
  expect(narrowTo(plan, target!).scheduled_plan_destination).toEqual([target!.destination])
  expect(findSyncs([plan], kindOf, now)).toMatchObject([{ id: '41', action: { kind } }])
})

test.each(['8', '10'])('a plan to hub %s only is no sync', (hub) => {
  expect(syncTarget(plan(to(hub)), kindOf)).toBeNull()
  expect(findSyncs([plan(to(hub))], kindOf, now)).toEqual([])
})

test('two Heap destinations are counted', () => {
  expect(findSyncs([plan(to('7'), to('7'))], kindOf, now)).toMatchObject([{ moreTargets: 1 }])
})

test("what was made for another action is listed, Heap's own apart from the unknown", () => {
  const both = plan(to('8'), to('7'), to('10'))
  expect(foreignTargets(both, kindOf).map(({ index }) => index)).toEqual([0, 2])
  expect(findForeignSchedules([both, { ...plan(to('8')), run_once: true }], kindOf)).toMatchObject([
    { planId: '41', index: 0, environmentId: '8', madeFor: 'heap_own' },
    { planId: '41', index: 2, environmentId: '10', madeFor: 'unknown' },
  ])
})
