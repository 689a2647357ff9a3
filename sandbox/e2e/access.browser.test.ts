import type { Locator } from 'playwright-core'
import { describe, expect, it, test } from 'vitest'
import { EXTENSION } from '../testing/extension-page.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// Everybody can use the extension: by keyboard, with a screen reader, in a small window, zoomed in.

/** A window of 1,280 by 800 at 200 % zoom. */
const ZOOMED = { width: 640, height: 400 }
const KINDS = ['Hourly', 'Monthly', 'Cron', 'Weekly', 'When data changes', 'Once, now']
const SMALL = { width: 1024, height: 768 }

const running = useStack()

/** Presses Tab until the element has the focus, as somebody without a mouse has to. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await running.looker.page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement)
}

describe('pictures for the README', () => {
  test('of the wizard', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.previewLook('CRM users')
    await app.getByRole('table', { name: 'First rows' }).waitFor()
    await looker.picture('readme-look')
    await looker.next()
    await looker.takeJoinKey('Users Email', '11')
    await app.getByRole('checkbox', { name: 'Import Users Income' }).uncheck()
    await app.getByLabel('Property in Heap for Users LTV Tier').fill('LTV tier')
    await app.getByText('All 10,000 rows can be imported').waitFor()
    const frame = await looker.frame()
    await frame.evaluate(() => window.scrollTo({ top: 245 }))
    await looker.picture('readme-map')
    await looker.toSchedule()
    await app.getByText(/^Creates or updates up to 10,000 users/).waitFor()
    await looker.picture('readme-schedule')
  })

  test('of the Send page with a delivery and what Heap holds', async () => {
    const { looker, stack } = running
    const { page } = looker
    await page.goto(`${stack.lookerUrl}/send`)
    await page.selectOption('#look', { label: 'Accounts' })
    await page.getByText('500 companies with their contract').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.locator('#deliveries').getByText('500 of 500').first().waitFor()
    await page.locator('#heap-state').getByText('500 accounts').first().click()
    await page.locator('#heap-state').getByText('account-1', { exact: true }).waitFor()
    await page.evaluate(() => window.scrollTo({ top: 0 }))
    await looker.picture('readme-sandbox')
  })
})

it('is used by keyboard alone', async () => {
  const { looker } = running
  const { app, button } = looker
  const { keyboard } = looker.page
  const title = (name: string) => app.getByRole('heading', { level: 1, name, exact: true })
  await looker.open('/')
  await tabTo(button('New sync'))
  await keyboard.press('Enter')
  await title('Choose a Look').waitFor()
  expect(await hasFocus(app.getByLabel('Search Looks by title'))).toBe(true)
  await keyboard.type('Spend per visit')
  await tabTo(app.getByRole('radio', { name: 'Mine', exact: true }))
  await keyboard.press('ArrowRight')
  const look = app.getByRole('button', { name: 'Spend per visit, a table calculation' }).first()
  await tabTo(look)
  await keyboard.press('Enter')
  await app.getByRole('table', { name: 'First rows' }).waitFor()
  await tabTo(button('Next'))
  await keyboard.press('Enter')

  await tabTo(app.getByLabel('Rows are'))
  await keyboard.press('ArrowDown')
  expect(await app.getByLabel('Rows are').inputValue()).toBe('account')
  await keyboard.press('ArrowUp')
  await tabTo(app.getByLabel('Heap environment ID'))
  await keyboard.type('11')
  await tabTo(app.getByRole('checkbox', { name: 'Import Visits Count' }))
  await keyboard.press('Space')
  await tabTo(app.getByLabel('Property in Heap for Orders Revenue'))
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type('Revenue')
  await tabTo(button('Next'))
  await keyboard.press('Enter')

  await title('Schedule and confirm').waitFor()
  expect(await hasFocus(title('Schedule and confirm'))).toBe(true)
  await tabTo(app.getByRole('radio', { name: 'Daily' }))
  await keyboard.press('ArrowLeft')
  await app.getByLabel('At minute').waitFor()
  await app.getByText('Overwrites "Revenue", "Spend per Visit".').waitFor()
  await tabTo(button('Create'))
  await keyboard.press('Enter')
  await title('Spend per visit, a table calculation to Heap').waitFor()
  await tabTo(button('Delete'))
  await keyboard.press('Enter')
  await app.getByRole('dialog').waitFor()
  await keyboard.press('Escape')
  await app.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => hasFocus(button('Delete'))).toBe(true)
})

describe.each([
  { name: '1280', viewport: { width: 1280, height: 800 }, host: EXTENSION, axe: true },
  { name: '1024', viewport: SMALL, host: EXTENSION, axe: false },
  { name: 'zoom-200', viewport: ZOOMED, host: EXTENSION.replace('/extensions', '/spartan'), axe: false },
])('at $name', ({ name, viewport, host, axe }) => {
  test('every page fits and is accessible', async () => {
    const { looker } = running
    await looker.page.setViewportSize(viewport)
    const { app } = looker
    const check = async (page: string) => {
      await looker.picture(`${page}-${name}`)
      await looker.expectNoSidewaysScroll()
      if (axe) await looker.expectAccessible()
    }
    await looker.open('/setup', host)
    await expect.poll(() => app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
    await check('setup')
    await looker.open('/new/look', host)
    await app.getByRole('table', { name: /Looks$/ }).waitFor()
    await check('look')
    await looker.previewLook('CRM users')
    await app.getByRole('table', { name: 'First rows' }).waitFor()
    await check('look-preview')
    await looker.next()
    await looker.heading('Map the columns')
    await check('join-key')
    await looker.takeJoinKey('Users Email', '11')
    await app.getByLabel('Heap environment ID').scrollIntoViewIfNeeded()
    await check('join-key-chosen')
    await app.getByLabel('Property in Heap for Users LTV Tier').fill('LTV tier')
    await app.getByRole('checkbox', { name: 'Import Users Employer' }).uncheck()
    await check('properties')
    await looker.next()
    await looker.heading('Schedule and confirm')
    await app
      .getByText(/Next runs/i)
      .first()
      .waitFor()
    await check('when')
    for (const kind of KINDS.slice(axe ? 0 : 3)) {
      await looker.pick(new RegExp(kind))
      await check(`when-${kind.replaceAll(/\W+/g, '-').toLowerCase()}`)
    }
    await looker.pick('Daily')
    await app.getByRole('checkbox', { name: 'Send all results' }).uncheck()
    await app.getByText(/Looker cuts the result/).waitFor()
    await check('when-limited')
    await app.getByRole('checkbox', { name: 'Send all results' }).check()
    await check('review')
    await looker.button('Create').click()
    await looker.heading('CRM users to Heap')
    await app.getByText('Nothing has been delivered yet').waitFor()
    await check('sync')
    await looker.open('/syncs', host)
    await app.getByRole('table', { name: 'Syncs' }).waitFor()
    await check('syncs')
  })

  test('wide and pivoted Looks fit', async () => {
    const { looker } = running
    await looker.page.setViewportSize(viewport)
    await looker.open('/new/look', host)
    await looker.chooseLook('Orders per year, pivoted, with row totals')
    await looker.app.getByRole('radio').first().check()
    await looker.app.getByLabel('Heap environment ID').fill('11')
    await looker.picture(`pivoted-${name}`)
    await looker.expectNoSidewaysScroll()
    if (axe) await looker.expectAccessible()
    await looker.open('/new/look', host)
    await looker.chooseLook('150 columns of feature flags')
    await looker.picture(`wide-join-key-${name}`)
    await looker.app.getByRole('radio').first().check()
    await looker.app.getByText('50 of 150 columns shown').waitFor()
    await looker.app.getByLabel('Search columns').fill('feature 14')
    // 14 and 140 to 149, below the heading.
    await expect.poll(() => looker.app.getByRole('row').count()).toBe(12)
    await looker.picture(`wide-properties-${name}`)
    await looker.expectNoSidewaysScroll()
  })
})
