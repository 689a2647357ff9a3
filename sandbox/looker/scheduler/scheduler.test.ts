import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDatagroups } from '../api/plans/datagroups.ts'
import type { StoredPlan } from '../api/plans/plan-store.ts'
import { createPlanStore } from '../api/plans/plan-store.ts'
import { DEFAULT_UNKNOWNS } from '../api/unknowns.ts'
import { SAMPLE_USERS } from '../api/users.ts'
import { createScheduler } from './scheduler.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-28T00:30:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

function start() {
  let id = 0
  const plans = createPlanStore(() => String(++id), DEFAULT_UNKNOWNS)
  const datagroups = createDatagroups()
  const runs: string[] = []
  const scheduler = createScheduler({
    plans,
    datagroups,
    deliver: async (plan, trigger) => {
      runs.push(`${plan.name} by ${trigger} at ${new Date().toISOString().slice(5, 16)}`)
    },
  })
  const add = (plan: Partial<StoredPlan>): StoredPlan => {
    const stored = plans.add(SAMPLE_USERS[1]!, plan, 'a Look')
    scheduler.arm(stored)
    return stored
  }
  return { add, plans, runs, scheduler }
}

const HOURS = 3_600_000

it('runs a plan by its clock, in its time zone, across a change of clocks', async () => {
  const { add, runs } = start()
  const plan = add({ name: 'daily', crontab: '0 6 * * *', timezone: 'Europe/Berlin' })
  expect(plan.next_run_at).toEqual(new Date('2026-03-28T05:00:00Z'))
  await vi.advanceTimersByTimeAsync(48 * HOURS)
  expect(runs).toEqual(['daily by schedule at 03-28T05:00', 'daily by schedule at 03-29T04:00'])
  expect(plan.last_run_at).toEqual(new Date('2026-03-29T04:00:00Z'))
  expect(plan.next_run_at).toEqual(new Date('2026-03-30T04:00:00Z'))
})

it('sets the clock anew after a change, and stops it', async () => {
  const { add, plans, runs, scheduler } = start()
  const plan = add({ name: 'hourly', crontab: '0 * * * *' })
  await vi.advanceTimersByTimeAsync(HOURS)
  scheduler.arm(plans.change(plan, { crontab: '15 * * * *' }))
  await vi.advanceTimersByTimeAsync(HOURS)
  scheduler.arm(plans.change(plan, { enabled: false }))
  expect(plan.next_run_at).toBeNull()
  await vi.advanceTimersByTimeAsync(5 * HOURS)
  expect(runs).toEqual(['hourly by schedule at 03-28T01:00', 'hourly by schedule at 03-28T02:15'])
})

it('makes up for a missed run when a plan is enabled again', async () => {
  const { add, plans, runs, scheduler } = start()
  const plan = add({ name: 'hourly', crontab: '0 * * * *' })
  const set = (enabled: boolean) => scheduler.arm(plans.change(plan, { enabled }))
  set(false)
  await vi.advanceTimersByTimeAsync(HOURS / 4)
  set(true)
  expect(runs).toEqual([])
  set(false)
  await vi.advanceTimersByTimeAsync(HOURS)
  set(true)
  expect(runs).toEqual(['hourly by schedule at 03-28T01:45'])
})

it('runs what waits for a datagroup of the same model', () => {
  const { add, runs, scheduler } = start()
  add({ name: 'crm', datagroup: 'crm::nightly_etl' })
  add({ name: 'finance', datagroup: 'finance::nightly_etl' })
  add({ name: 'bare', datagroup: 'nightly_etl' })
  add({ name: 'other', datagroup: 'crm::orders_loaded' })
  add({ name: 'paused', datagroup: 'crm::nightly_etl', enabled: false })
  expect(scheduler.trigger('crm::nightly_etl')).toBe(1)
  expect(runs.map((run) => run.split(' at')[0])).toEqual(['crm by datagroup'])
  expect(scheduler.trigger('nightly_etl')).toBeUndefined()
  expect(scheduler.trigger('crm::none')).toBeUndefined()
})

it('runs no plan that ran once again, and none after the end', async () => {
  const { add, runs, scheduler } = start()
  add({ name: 'once', crontab: '0 * * * *', run_once: true })
  add({ name: 'hourly', crontab: '0 * * * *' })
  scheduler.stop()
  await vi.advanceTimersByTimeAsync(5 * HOURS)
  expect(runs).toEqual([])
})
