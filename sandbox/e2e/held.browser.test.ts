import { expect, it } from 'vitest'
import type { Look } from '../looker/look.ts'
import { crmRow, crmUsers } from '../looker/looks/crm-users.ts'
import { openExtensionPage } from '../testing/extension-page.ts'
import { useStack } from '../testing/use-stack.ts'

/** How many rows the Look has now. */
let rows = 400

const look: Look = {
  ...crmUsers,
  title: 'Segments',
  get rowCount() {
    return rows
  },
  *rows() {
    for (let number = 1; number <= rows; number += 1) yield crmRow(number)
  },
}

const running = useStack({ looks: [look] })

it('holds an unusual delivery, releases one and discards another', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('Segments')
  await looker.takeJoinKey('Users Email', '11')
  await looker.toSchedule()
  await looker.button('Create').click()
  await looker.heading('Segments to Heap')
  const runs = app.getByRole('table', { name: 'Runs' })
  async function run(count: number): Promise<void> {
    await looker.button('Run now').click()
    await expect.poll(() => runs.getByRole('row').count(), { timeout: 25_000 }).toBe(count + 1)
    await expect.poll(() => runs.getByText(/Running|Waiting for rows/).count(), { timeout: 25_000 }).toBe(0)
  }
  for (const count of [1, 2, 3]) await run(count)
  await app.getByRole('checkbox', { name: /^Pause and ask/ }).click()
  await expect
    .poll(() => app.getByRole('checkbox', { name: /^Pause and ask/ }).isChecked(), { timeout: 25_000 })
    .toBe(true)

  // The source was loaded in part.
  rows = 120
  const before = stack.heap.requests().requests
  await looker.button('Run now').click()
  await app.getByText(/^Held since/).waitFor()
  await looker.expectAccessible()
  await looker.expectNoSidewaysScroll()
  await looker.page.screenshot({ path: '/tmp/hold-sync-1280.png', fullPage: true })
  await app.getByRole('link', { name: 'Open the held run' }).click()
  await app
    .getByText(/120 rows came, less than half of the usual 400/)
    .first()
    .waitFor()
  await looker.expectAccessible()
  await looker.page.screenshot({ path: '/tmp/hold-import-1280.png', fullPage: true })
  expect(stack.heap.requests().requests).toBe(before)
  await looker.button('Release and send').click()
  await app.getByText('120 of 120 rows imported.').waitFor()
  await looker.page.screenshot({ path: '/tmp/hold-released-1280.png', fullPage: true })

  await looker.open('/syncs')
  await app.getByRole('link', { name: 'Segments to Heap' }).click()
  await looker.button('Run now').click()
  await app.getByText(/^Held since/).waitFor()
  const wide = await openExtensionPage(running.browser, stack, { width: 1440, height: 900 })
  await wide.open('/syncs')
  await wide.app.getByText('120 rows held').waitFor()
  await wide.page.screenshot({ path: '/tmp/hold-syncs-1440.png', fullPage: true })
  await wide.app.getByRole('link', { name: 'Segments to Heap' }).click()
  await wide.app.getByRole('link', { name: 'Open the held run' }).click()
  await wide.button('Discard').waitFor()
  await wide.expectNoSidewaysScroll()
  await wide.page.screenshot({ path: '/tmp/hold-import-1440.png', fullPage: true })
  await wide.button('Discard').click()
  await wide.app.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await wide.app.getByText('0 of 120 rows imported.').waitFor()
  await wide.app
    .getByText(/the unusual delivery was discarded/)
    .first()
    .waitFor()
  await wide.expectAccessible()
  await wide.page.screenshot({ path: '/tmp/hold-discarded-1440.png', fullPage: true })
  await wide.close()
})
