import { expect, it } from 'vitest'
import { expectEntities } from '../expectation.ts'
import { accounts } from '../looker/looks/accounts.ts'
import { crmIds } from '../looker/looks/crm-ids.ts'
import { crmUsers } from '../looker/looks/crm-users.ts'
import { hiddenColumn } from '../looker/looks/hidden-column.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// From an instance where nothing is set up to values in Heap, all of it through pages. The tests build on
// each other: the first sets the instance up.

const running = useStack({ empty: true })

const plain = (entities: ReadonlyMap<string, object>) =>
  new Map([...entities].map(([key, properties]) => [key, { ...properties }]))

it('is set up by an admin', async () => {
  const { looker } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.heading('Looker cannot send to Heap yet')
  await looker.expectAccessible()
  await looker.picture('missing-action')

  await running.addHub()
  await looker.open('/new/look')
  await app.getByText('The Heap action is not enabled').waitFor()
  await looker.picture('action-not-enabled')
  await running.enableAction()
  await running.defineSecret()
  await looker.open('/setup')
  await expect.poll(() => app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
})

it('brings users by identity into Heap', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/')
  await looker.button('Set up the first sync').click()
  await looker.chooseLook('CRM users')
  await looker.takeJoinKey('Users Email', '11')
  await app.getByText('All 10,000 rows can be imported').waitFor()
  expect(stack.heap.requests().requests).toBe(0)
  await looker.picture('check-every-row')
  await looker.toSchedule()
  await looker.button('Create').click()
  await looker.heading('CRM users to Heap')
  await app.getByText('The sync is set up').waitFor()
  const runs = app.getByRole('table', { name: 'Runs' })
  // The check is no delivery of the sync.
  await app.getByText('Nothing has been delivered yet').first().waitFor()
  await looker.picture('sync-created')

  await looker.button('Run now').click()
  await runs.getByText('10,000 rows').waitFor()
  await looker.picture('sync-ran')
  // Looker ran a copy of the plan, under an ID of its own.
  await looker.page.reload()
  await looker.heading('CRM users to Heap')
  await runs.getByText('10,000 rows').waitFor()
  await looker.picture('sync-ran-reloaded')
  expect(plain(stack.heap.users('11'))).toEqual(expectEntities(crmUsers, 'users.email'))
})

it("brings users by the property of Heap's set-up into Heap, when a datagroup triggers", async () => {
  const { looker, stack } = running
  const { app } = looker
  stack.heap.changeSetUp({ matchProperty: 'CRM Number' })
  // The product knows all but the last ten.
  const expected = new Map<string, object>()
  for (const [number, properties] of expectEntities(crmIds, 'users.crm_number')) {
    const isKnown = expected.size < crmIds.rowCount - 10
    const key = isKnown ? `person of ${number}` : `CRM Number=${number}`
    const known = { 'CRM Number': number }
    if (isKnown) stack.heap.identify({ environmentId: '22', identity: key, properties: known })
    const texts = Object.entries(properties).map(([name, value]) => [name, String(value)])
    expected.set(key, { ...known, ...Object.fromEntries(texts) })
  }

  await looker.open('/new/look')
  await looker.chooseLook('Segments by CRM number')
  await looker.takeJoinKey('Users CRM Number', '22')
  await app.getByText(/Every key that Heap does not know creates a new user/).waitFor()
  await app.getByLabel('Match by').selectOption('heap_setup')
  await app
    .getByText('under Integrations > Directory > Looker Data Import. Heap documents none of this.')
    .waitFor()
  await looker.expectAccessible()
  await looker.picture('match-by-heap-set-up')
  await looker.toSchedule(async () => {
    await looker.pick(/When data changes/)
    await app.getByRole('combobox', { name: /Datagroup/ }).selectOption({ label: 'nightly_etl' })
  })
  await app.getByText(/compared with the user property chosen in Heap's set-up/).waitFor()
  await looker.button('Create').click()
  await looker.heading('Segments by CRM number to Heap')
  await app.getByText("The user property chosen in Heap's set-up of Looker Data Import").waitFor()

  expect(stack.looker.instance.scheduler.trigger('crm::nightly_etl')).toBe(1)
  await running.delivered(crmIds.id)
  expect(plain(stack.heap.users('22'))).toEqual(expected)
  expect(stack.heap.environments().find(({ id }) => id === '22')).toMatchObject({ users: 250, ghosts: 10 })
})

it('brings accounts into Heap, when the schedule runs', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('Accounts')
  await looker.takeJoinKey('Accounts Account ID', '11')
  await looker.toSchedule(() => looker.pick('Hourly'))
  await looker.button('Create').click()
  await looker.heading('Accounts to Heap')
  await app.getByText('The sync is set up').waitFor()

  const plan = stack.looker.instance.plans.all().find(({ look_id: lookId }) => lookId === accounts.id)
  stack.looker.instance.scheduler.run(plan!, 'schedule')
  await running.delivered(accounts.id)
  expect(plain(stack.heap.accounts('11'))).toEqual(expectEntities(accounts, 'accounts.account_id'))
})

it('counts every row before anything is sent', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('CRM users with known defects')
  await looker.takeJoinKey('Users Email', '33')
  await looker.button('19 will not: see why').click()
  const report = app.getByRole('alert')
  await report.getByText('9,981 of 10,000 rows can be imported').waitFor()
  const text = await report.innerText()
  expect(text).toContain('7 rejected: duplicate join keys, in rows 17, 501, 502, 1001, 4444 and more')
  expect(text).toContain('3 rejected: join keys longer than 255 characters, in rows 203, 2999, 7000')
  expect(text).toContain('5 rejected: placeholders')
  expect(text).toContain('4 rows without a join key skipped.')
  await looker.picture('check-finds-defects')
  // What was checked is not what stands there now.
  await looker.pick(/Users Employer/)
  await report.waitFor({ state: 'detached' })
  expect(stack.heap.users('33').size).toBe(0)
})

it('sends once, with a renamed and a left out column', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('A hidden column')
  await looker.takeJoinKey('Users Email', '44')
  await app.getByText("Hidden in the Look's visualization").waitFor()
  await app.getByLabel('Property in Heap for Users LTV Tier').fill('Value segment')
  await app.getByRole('checkbox', { name: 'Import Users Employer' }).uncheck()
  await looker.toSchedule(() => looker.pick(/Once, now/))
  await looker.picture('review-send-once')
  await looker.button('Send now').click()
  await looker.heading('Sending to Heap')
  await app.getByText('100 of 100 rows imported.', { exact: true }).waitFor()
  await looker.picture('sent')

  const expected = expectEntities(hiddenColumn, 'users.email')
  for (const properties of expected.values()) {
    properties['Value segment'] = properties['Users LTV Tier']!
    delete properties['Users LTV Tier']
    delete properties['Users Employer']
  }
  expect(plain(stack.heap.users('44'))).toEqual(expected)
  // A delivery that runs once leaves no sync behind.
  await looker.button('All syncs').click()
  await looker.heading('Syncs')
  await app.getByRole('link', { name: 'CRM users to Heap' }).waitFor()
  expect(await app.getByRole('table', { name: 'Syncs' }).getByText('A hidden column').count()).toBe(0)
})

it('is changed, paused, run and deleted', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/syncs')
  await app.getByRole('link', { name: 'Accounts to Heap' }).click()
  await looker.button('Edit').click()
  await looker.heading('Schedule and confirm')
  await app.getByRole('link', { name: 'Change the columns' }).click()
  await app.getByLabel('Property in Heap for Contracts ARR').fill('Yearly revenue')
  await app.getByRole('link', { name: 'Schedule' }).click()
  await looker.pick('Weekly')
  await app.getByRole('checkbox', { name: 'Thursday' }).check()
  await looker.picture('edit-when')
  await app.getByLabel('Name of the sync').fill('Contracts')
  await looker.button('Save changes').click()
  await looker.heading('Contracts')
  await app.getByText('The changes are saved').waitFor()
  await app.getByText('Every Monday and Thursday').first().waitFor()

  await looker.button('Pause').click()
  await app.getByText('Paused', { exact: true }).first().waitFor()
  stack.heap.reset()
  await looker.button('Run now').click()
  await app.getByText('500 rows').first().waitFor()
  await expect.poll(() => stack.heap.accounts('11').get('account-1')).toHaveProperty('Yearly revenue')
  await looker.button('Resume').click()
  await app.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await app.getByText('Active', { exact: true }).first().waitFor()

  await looker.button('Delete').click()
  const dialog = app.getByRole('dialog')
  await dialog.getByText('Delete "Contracts"?').waitFor()
  await looker.picture('delete-confirmation')
  await looker.expectAccessible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  await looker.button('Delete').click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await looker.heading('Syncs')
  await app.getByRole('link', { name: 'CRM users to Heap' }).waitFor()
  expect(await app.getByRole('link', { name: 'Contracts' }).count()).toBe(0)
  const left = stack.looker.instance.plans.all().filter(({ run_once: once }) => !once)
  expect(left.map(({ name }) => name)).not.toContain('Contracts')
  await looker.picture('syncs')
})
