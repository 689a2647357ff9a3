import { expect, it } from 'vitest'
import { openExtensionPage } from '../testing/extension-page.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// The pages of syncs, of a sync and of an import, on real imports. The tests build on each other.

const running = useStack()

it('shows every rejected row of what was sent once, also later', async () => {
  const { looker } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('CRM users with known defects')
  await looker.takeJoinKey('Users Email', '33')
  await looker.toSchedule(() => looker.pick(/Once, now/))
  await looker.button('Send now').click()
  await looker.heading('Sending to Heap')
  await app.getByText('9,981 of 10,000 rows imported.').waitFor()
  await app
    .getByText('10,000 received = 9,981 delivered + 15 rejected + 4 skipped + 0 replaced by newer')
    .waitFor()
  const rows = app.getByRole('table', { name: 'Rejected rows' })
  await expect.poll(() => rows.getByRole('row').count(), PATIENT).toBe(16)
  await looker.expectAccessible()
  await looker.expectNoSidewaysScroll()
  await looker.page.screenshot({ path: 'screenshots/import-1280.png', fullPage: true })

  await app.getByRole('combobox', { name: 'Reason' }).selectOption('join_key_too_long')
  await expect.poll(() => rows.getByRole('row').count(), PATIENT).toBe(4)
  const [download] = await Promise.all([
    looker.page.waitForEvent('download'),
    looker.button('Download as CSV').click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^rejected-rows-\d+-join_key_too_long\.csv$/)

  await looker.button('All syncs').click()
  await app.getByRole('table', { name: 'Sent once' }).getByRole('link').click()
  await app.getByText('9,981 of 10,000 rows imported.').waitFor()
})

it('waits for a sick Heap, says so, and is cancelled', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('CRM users')
  await looker.takeJoinKey('Users Email', '11')
  await looker.toSchedule()
  await looker.button('Create').click()
  await looker.heading('CRM users to Heap')
  await app.getByText('Nothing has been delivered yet').first().waitFor()
  await looker.button('Run now').click()
  await app.getByText(/^All is well/).waitFor()

  stack.heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 503 } }] })
  await looker.page.reload()
  await looker.button('Run now').click()
  await app.getByText(/^Waiting for Heap/).waitFor()
  await looker.expectAccessible()
  await looker.picture('sync-waits-for-heap')
  await app.getByRole('link', { name: 'Open this run' }).click()
  await looker.button('Cancel import').click()
  await app.getByRole('dialog').getByRole('button', { name: 'Cancel import' }).click()
  await app.getByText('The import is cancelled').waitFor()
  await looker.picture('import-cancelled')
  stack.heap.setFaults({ rules: [] })
})

it('tries again what Heap refused, and repairs it', async () => {
  const { looker, stack } = running
  const { app } = looker
  const keys = [...stack.heap.users('11').keys()].slice(0, 3)
  stack.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys } }] })
  await looker.open('/syncs')
  await app.getByRole('link', { name: 'CRM users to Heap' }).click()
  await looker.button('Run now').click()
  await app.getByText(/^Failing since/).waitFor()
  await app.getByText('Failed, 3 rejected').first().waitFor()
  await looker.expectAccessible()
  await looker.picture('sync-failing')
  await app.getByRole('link', { name: 'Open the last run' }).click()
  await app.getByText('9,997 of 10,000 rows imported.').waitFor()
  await looker.picture('import-heap-refused')
  stack.heap.setFaults({ rules: [] })
  await looker.button('Try these rows again').click()
  await app.getByRole('link', { name: 'an import of their own' }).click()
  await app.getByText('3 of 3 rows imported.').waitFor()
  await looker.expectAccessible()
  await looker.picture('import-retried')

  const wide = await openExtensionPage(running.browser, stack, { width: 1440, height: 900 })
  await wide.open('/syncs')
  await wide.app.getByRole('img', { name: /^Last \d runs/ }).waitFor()
  await wide.expectNoSidewaysScroll()
  await wide.picture('syncs-1440')
  await wide.app.getByRole('link', { name: 'CRM users to Heap' }).click()
  await wide.app.getByRole('table', { name: 'Runs' }).waitFor()
  await wide.expectAccessible()
  await wide.picture('sync-1440')
  await wide.close()
})
