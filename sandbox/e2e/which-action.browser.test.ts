import type { IWriteScheduledPlan } from '@looker/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeapAction } from '../heap-action/heap-action.ts'
import { createHeapAction } from '../heap-action/heap-action.ts'
import { hiddenColumn } from '../looker/looks/hidden-column.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// Heap's own action is registered as well, first and under the same name; and Looker is what its description
// leaves open.

const running = useStack({ empty: true })
let heapAction: HeapAction

beforeAll(async () => {
  const { stack } = running
  heapAction = createHeapAction({ heapUrl: stack.heapUrl, token: 'of Heap' })
  const hub = await stack.looker.instance.hubs.add(await heapAction.listen(), 'of Heap')
  for (const action of hub.actions) action.enabled = true
})

afterAll(() => heapAction?.close())

const ANALYST = () => running.stack.looker.instance.users.find(({ id }) => id === '2')!

const SECRETS = '{"secret_access_key":"hush"}'
const S3 = {
  type: 's3',
  format: 'csv',
  address: 's3://bucket/path/',
  parameters: '{"access_key_id":"key","region":"eu-west-1"}',
  secret_parameters: SECRETS,
}
const MAIL = { type: 'email', format: 'csv', address: 'ann@example.com' }

const heapDestination = (actionId: string, params: object) => ({
  type: `looker-integration://${actionId}`,
  format: 'json_detail_lite_stream',
  apply_formatting: false,
  apply_vis: false,
  parameters: JSON.stringify({ env_id: '11', property_type: 'user', heap_field: 'Users Email', ...params }),
})

/** A schedule of Ann Analyst that was made elsewhere. */
function addPlan(name: string, destinations: object[], change: Partial<IWriteScheduledPlan> = {}) {
  const body = {
    name,
    look_id: hiddenColumn.id,
    crontab: '0 3 * * *',
    timezone: 'UTC',
    send_all_results: true,
    ...change,
    scheduled_plan_destination: destinations,
  }
  return running.stack.looker.instance.plans.add(ANALYST(), body, hiddenColumn.title)
}

it("does not take Heap's own action for ours", async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.heading('Looker cannot send to Heap yet')
  await app.getByText(/Looker knows Heap's own action/).waitFor()
  await looker.expectAccessible()
  await looker.picture('only-heaps-own-action')

  await running.addHub()
  await running.enableAction()
  await running.defineSecret()
  expect(stack.looker.instance.hubs.actions().map(({ id }) => id)).toEqual(['7::heap', '8::heap'])
})

it('never reaches it by Check every row', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook(hiddenColumn.title)
  await looker.takeJoinKey('Users Email', '11')
  await app.getByText('All 100 rows can be imported').waitFor()
  expect(heapAction.executed).toEqual([])
  expect(stack.heap.requests().requests).toBe(0)
})

it('lists its schedules, and takes one over', async () => {
  const { looker, stack } = running
  const { app } = looker
  const plan = addPlan('Segments of old', [MAIL, heapDestination('7::heap', {})])
  stack.looker.instance.scheduler.run(plan, 'schedule')
  await expect.poll(() => heapAction.executed.length).toBe(1)
  await looker.open('/syncs')
  await app.getByRole('table', { name: "Made for Heap's action" }).getByText('Segments of old').waitFor()
  await looker.expectAccessible()
  await looker.expectNoSidewaysScroll()
  await looker.picture('made-for-heaps-action')

  await looker.button('Take over Segments of old').click()
  await looker.heading('Take over a schedule')
  await looker.button('Check every row').click()
  await app.getByText('100 of 100 rows can be imported', { exact: true }).waitFor()
  await looker.expectAccessible()
  await looker.picture('take-over')
  await looker.button('Switch to this action').click()
  await app.getByText('The schedule is taken over').waitFor()
  await looker.picture('taken-over')

  const [mail, ours] = plan.scheduled_plan_destination ?? []
  expect(mail).toMatchObject(MAIL)
  expect(ours).toMatchObject({ type: 'looker-integration://8::heap' })
  expect(JSON.parse(ours?.parameters ?? '')).toMatchObject({
    env_id: '11',
    property_type: 'user',
    heap_field: 'Users Email',
    match_by: 'heap_setup',
  })
  stack.looker.instance.scheduler.run(plan, 'schedule')
  const messages = () =>
    stack.looker
      .history()
      .filter(({ planId }) => planId === plan.id)
      .map(({ message }) => message)
  await expect.poll(messages, PATIENT).toContainEqual(expect.stringContaining('100 of 100 rows'))
  expect(heapAction.executed).toHaveLength(1)

  await looker.page.reload()
  await looker.heading('Segments of old')
  const imports = app.getByRole('table', { name: 'Runs' })
  await imports.getByText('100 rows').waitFor()
  // The check was no delivery of the sync.
  expect(await imports.getByText('can be imported').count()).toBe(0)
  await imports.scrollIntoViewIfNeeded()
  await looker.expectAccessible()
  await looker.picture('taken-over-imports')
})

it('still shows what a sync delivered before it was given its ID', async () => {
  const { looker, stack } = running
  const { app } = looker
  const plan = addPlan("Made in Looker's dialog", [heapDestination('8::heap', { dry_run: 'no' })])
  stack.looker.instance.scheduler.run(plan, 'schedule')
  const imports = app.getByRole('table', { name: 'Runs' })
  const imported = imports.getByText('100 rows')
  await looker.open(`/syncs/${plan.id}`)
  await imported.waitFor()
  await looker.button('Edit').click()
  await app.getByLabel('Name of the sync').fill('Made over in the wizard')
  await looker.button('Save changes').click()
  await app.getByText('The changes are saved').waitFor()
  const [destination] = plan.scheduled_plan_destination ?? []
  expect(JSON.parse(destination?.parameters ?? '')).toHaveProperty('sync_id')
  await imported.waitFor()
})

describe.each(['lost', 'kept'] as const)('where secrets that are not written again are %s', (secrets) => {
  it('an edit loses none', async () => {
    const { looker, stack } = running
    const { app } = looker
    stack.looker.instance.unknowns.secrets = secrets
    const name = `With a bucket, ${secrets}`
    const plan = addPlan(name, [S3, heapDestination('8::heap', { dry_run: 'no' })])
    const { secretsOf } = stack.looker.instance.plans
    await looker.open(`/syncs/${plan.id}/edit/schedule`)
    await looker.heading('Schedule and confirm')
    await app.getByLabel('Name of the sync').fill(`${name}, renamed`)
    await looker.button('Save changes').click()
    await app.getByText('The changes are saved').waitFor()
    expect(secretsOf(plan.id)).toEqual([SECRETS, null])

    await looker.button('Edit').click()
    await app.getByRole('link', { name: 'Change the columns' }).click()
    await app.getByLabel('Heap environment ID').fill('12')
    await looker.toSchedule()
    await app.getByText(/This schedule also sends to Amazon S3/).waitFor()
    await app.getByText(/This schedule also sends to Amazon S3/).scrollIntoViewIfNeeded()
    await looker.expectAccessible()
    await looker.picture(`secrets-${secrets}`)
    await looker.button('Save changes').click()
    await app.getByText('This second schedule is set up').waitFor()
    await looker.picture(`second-schedule-${secrets}`)
    expect(secretsOf(plan.id)).toEqual([SECRETS, null])
    expect(plan.scheduled_plan_destination).toMatchObject([
      { address: S3.address },
      { type: 'looker-integration://8::heap' },
    ])
    const second = stack.looker.instance.plans.all().at(-1)
    expect(second?.scheduled_plan_destination).toHaveLength(1)
    expect(JSON.parse(second?.scheduled_plan_destination?.[0]?.parameters ?? '')).toMatchObject({
      env_id: '12',
    })
  })
})

it('two Heap destinations stay two', async () => {
  const { looker } = running
  const { app } = looker
  const other = heapDestination('8::heap', { env_id: '22', dry_run: 'no' })
  const plan = addPlan('To two environments', [heapDestination('8::heap', { dry_run: 'no' }), MAIL, other])
  await looker.open(`/syncs/${plan.id}`)
  await app.getByText(/This schedule has 1 more Heap destination/).waitFor()
  await looker.picture('two-heap-destinations')
  await looker.button('Edit').click()
  await app.getByRole('link', { name: 'Change the columns' }).click()
  await app.getByLabel('Heap environment ID').fill('13')
  await looker.toSchedule()
  await looker.button('Save changes').click()
  await app.getByText('The changes are saved').waitFor()
  const destinations = plan.scheduled_plan_destination ?? []
  expect(destinations).toMatchObject([{ type: 'looker-integration://8::heap' }, MAIL, other])
  const environments = [0, 2].map((index) => JSON.parse(destinations[index]?.parameters ?? '').env_id)
  expect(environments).toEqual(['13', '22'])
})

it('samples what a delivery will have, also for a developer in Development Mode', async () => {
  const { looker } = running
  const { app } = looker
  await looker.become('Dev Developer')
  await looker.open('/new/look')
  await looker.chooseLook('CRM users')
  await looker.takeJoinKey('Users Email', '11')
  expect(await app.getByText('in development').count()).toBe(0)
  await app.getByLabel('Property in Heap for Users LTV Tier').waitFor()
  await looker.picture('development-mode')
})

describe.each(['not_found', 'bad_request'] as const)('where Looker refuses with %s', (refusal) => {
  it('says which permission is missing', async () => {
    const { looker, stack } = running
    const { app } = looker
    stack.looker.instance.unknowns.refusal = refusal
    await looker.become('Ben Viewer')
    await looker.open('/syncs')
    await app.getByText('You see your own syncs').waitFor()
    await looker.open('/new/look')
    await looker.chooseLook(hiddenColumn.title)
    await looker.takeJoinKey('Users Email', '11')
    await looker.toSchedule()
    await looker.button('Create').click()
    await app.getByText('You may not send this Look to Heap').waitFor()
    await app.getByText(/permission send_to_integration/).waitFor()
  })
})

it('says that others may have syncs where Looker leaves them out', async () => {
  const { looker, stack } = running
  stack.looker.instance.unknowns.plansOfOthers = 'left_out'
  await looker.open('/syncs')
  await looker.app.getByText('All schedules that Looker shows you are your own').waitFor()
  await looker.expectAccessible()
})

describe.each(['error', 'empty'] as const)('where a failed form is told by %s', (failedForm) => {
  it('says that nobody knows the action, and sends nothing', async () => {
    const { looker, stack } = running
    const { app } = looker
    stack.looker.instance.unknowns.failedForm = failedForm
    const [, hub] = stack.looker.instance.hubs.all()
    const token = hub!.token
    hub!.token = 'no longer right'
    try {
      await looker.open('/new/look')
      await app.getByText('Looker gets no form from the action server').waitFor()
      await looker.open('/syncs')
      await app.getByText('Action not reached').first().waitFor()
      await looker.picture(`action-not-reached-${failedForm}`)
    } finally {
      hub!.token = token
    }
  })
})
