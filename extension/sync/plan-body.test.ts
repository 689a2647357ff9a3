import type { IScheduledPlan } from '@looker/sdk'
import { describe, expect, test } from 'vitest'
import { aDraft } from '../testing/a-draft.ts'
import { furthestStep } from '../wizard/steps.ts'
import { actionIdOf, findHeapDestination } from './destination.ts'
import { withSyncId } from './draft.ts'
import { draftOfPlan } from './draft-of-plan.ts'
import { changedPlanBody, onceBody, planBody } from './plan-body.ts'
import type { Schedule } from './schedule.ts'

const heapParameters = (body: IScheduledPlan) => body.scheduled_plan_destination?.[0]?.parameters ?? ''

test('a sync is a scheduled plan as Looker wants it', () => {
  expect(planBody(aDraft(), '7::heap')).toEqual({
    name: 'Customers to Heap',
    look_id: '42',
    crontab: '15 3 * * *',
    datagroup: null,
    timezone: 'Europe/Berlin',
    send_all_results: true,
    require_results: false,
    require_no_results: false,
    require_change: false,
    scheduled_plan_destination: [
      {
        type: 'looker-integration://7::heap',
        format: 'json_detail_lite_stream',
        apply_formatting: false,
        apply_vis: false,
        address: '',
        parameters:
          '{"env_id":"11","property_type":"user","heap_field":"users.email","match_by":"identity","dry_run":"no","max_rejected_percent":"0"}',
      },
    ],
  })
})

test('a datagroup takes the place of the crontab', () => {
  const body = planBody(aDraft({ schedule: { kind: 'datagroup', datagroup: 'nightly' } }), '7::heap')
  expect(body).toMatchObject({ datagroup: 'nightly', crontab: null })
})

test('a check of every row is one delivery, and dry', () => {
  const body = onceBody(aDraft(), '7::heap', true)
  expect(body).not.toHaveProperty('crontab')
  expect(body.name).toBe('Check: Customers to Heap')
  expect(JSON.parse(body.scheduled_plan_destination?.[0]?.parameters ?? '')).toMatchObject({ dry_run: 'yes' })
})

test('a plan that is edited goes on mailing its Look to others', () => {
  const mail = { type: 'email', address: 'ann@example.com', format: 'csv' }
  const plan: IScheduledPlan = {
    scheduled_plan_destination: [
      { ...mail, id: '1', scheduled_plan_id: '41', looker_recipient: true },
      { type: 'looker-integration://7::heap', id: '2' },
    ],
  }
  const body = changedPlanBody(aDraft(), '7::heap', plan)
  expect(body.scheduled_plan_destination).toEqual([
    mail,
    expect.objectContaining({ type: 'looker-integration://7::heap', format: 'json_detail_lite_stream' }),
  ])
})

describe('an existing plan', () => {
  const schedules: Schedule[] = [
    { kind: 'daily', time: '03:15' },
    { kind: 'weekly', days: [1, 5], time: '23:59' },
    { kind: 'datagroup', datagroup: 'nightly' },
    { kind: 'cron', crontab: '*/10 * * * *' },
  ]
  test.each(schedules)('comes back as the draft it was made of, %j', (schedule) => {
    const draft = aDraft({
      schedule,
      sendAllResults: false,
      name: 'Mine',
      actionId: '7::heap',
      matchBy: 'heap_setup',
      syncId: '0b0e9f5e-7a5e-4a43-9d0c-0d2f5b1c9a11',
      maxRejectedPercent: '5',
      dryRun: true,
      propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] },
    })
    expect(draftOfPlan(planBody(draft, '7::heap') as IScheduledPlan, 'Customers')).toEqual(draft)
  })

  const planWith = (params: object): IScheduledPlan => ({
    look_id: '42',
    crontab: '0 3 * * *',
    scheduled_plan_destination: [
      { type: 'looker-integration://7::heap', parameters: JSON.stringify(params) },
    ],
  })
  const theThree = { env_id: '11', property_type: 'user', heap_field: 'Users Email' }

  test("made for Heap's own action goes on matching as that did", () => {
    const draft = draftOfPlan(planWith(theThree), 'Customers')
    expect(draft).toMatchObject({ matchBy: 'heap_setup', syncId: null, environmentId: '11' })
    const saved = JSON.parse(
      heapParameters(changedPlanBody(withSyncId(draft), '7::heap', planWith(theThree))),
    )
    expect(saved).toMatchObject({ ...theThree, match_by: 'heap_setup', sync_id: expect.any(String) })
  })

  test.each([{ join_property: 'crm' }, { match_by: 'crm' }])(
    'asks what to match by where it says %j, and keeps the rest',
    (old) => {
      const own = { property_names: '{"exclude":["users.phone"]}', max_rejected_percent: '5', dry_run: 'yes' }
      const draft = draftOfPlan(planWith({ ...theThree, ...own, ...old }), 'Customers')
      expect(draft).toMatchObject({
        matchBy: null,
        environmentId: '11',
        joinKey: 'Users Email',
        propertyNames: { rename: {}, exclude: ['users.phone'] },
        maxRejectedPercent: '5',
        dryRun: true,
      })
      expect(furthestStep(draft)).toBe('map')
    },
  )

  test('that is edited keeps the ID of its sync', () => {
    const sync_id = 'an-id-of-16-char'
    const plan = planWith({ ...theThree, match_by: 'identity', sync_id })
    const body = changedPlanBody({ ...draftOfPlan(plan, 'Customers'), environmentId: '12' }, '7::heap', plan)
    expect(JSON.parse(heapParameters(body))).toMatchObject({ env_id: '12', sync_id })
  })

  test('whose parameters are faulty keeps the good ones', () => {
    const plan: IScheduledPlan = {
      look_id: '42',
      crontab: '0 3 * * *',
      scheduled_plan_destination: [
        {
          type: 'looker-integration://7::heap',
          parameters: '{"env_id":"eleven","heap_field":"Users Email"}',
        },
      ],
    }
    expect(draftOfPlan(plan, 'Customers')).toMatchObject({ environmentId: '', joinKey: 'Users Email' })
  })
})

describe('the destination of a plan', () => {
  test.each([
    ['looker-integration://7::heap', '7::heap'],
    ['looker-integration://7::heapster', null],
    ['looker-integration://7::segment', null],
    ['email', null],
  ])('%s', (type, id) => {
    expect(actionIdOf({ type })).toBe(id)
  })

  test('is found among others', () => {
    const ours = { type: 'looker-integration://7::heap' }
    expect(findHeapDestination({ scheduled_plan_destination: [{ type: 'email' }, ours] })).toBe(ours)
    expect(findHeapDestination({ scheduled_plan_destination: null })).toBeNull()
  })
})
