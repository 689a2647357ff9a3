import { describe, expect, it, test } from 'vitest'
import { hiddenColumn } from '../looker/looks/hidden-column.ts'
import { pivotedOrders } from '../looker/looks/pivoted-orders.ts'
import { SAMPLE_LOOKS } from '../looker/looks.ts'
import { EXTENSION } from '../testing/extension-page.ts'
import { useStack } from '../testing/use-stack.ts'

// What goes wrong in the wizard and around it is said where it happens. The last tests stop the server.

/** Looker says something of its result, and it is not against it. */
const doubtful = {
  ...hiddenColumn,
  id: '51',
  title: 'A doubtful result',
  visConfig: { limit_displayed_rows: true, limit_displayed_rows_values: { show_hide: 'show', num_rows: 10 } },
  says: { expired: true, errors: [{ message: 'The cache is being rebuilt', fatal: false }] },
}
/** One year is hidden as a whole, of another and of the total a single measure. */
const partlyHidden = {
  ...pivotedOrders,
  id: '52',
  title: 'Orders per year, partly hidden',
  visConfig: {
    hidden_pivots: {
      '2024': { is_entire_pivot_hidden: true },
      '2026': { measure_names: ['orders.revenue'] },
      $$$_row_total_$$$: { measure_names: ['orders.revenue'] },
    },
  },
}

const running = useStack({ looks: [...SAMPLE_LOOKS, doubtful, partlyHidden] })

describe('a wrong Look is caught at its step', () => {
  test('when keys repeat', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('Orders with the email of their buyer')
    await looker.takeJoinKey('Users Email', '11')
    await app.getByText(/rows repeat the key of an earlier row/).waitFor()
    await looker.picture('wrong-duplicate-keys')
    await app.getByRole('checkbox', { name: /I understand that/ }).check()
    await looker.button('300 will not: see why').click()
    await app.getByText('300 of 600 rows can be imported', { exact: true }).waitFor()
    await app.getByText(/300 rejected: duplicate join keys/).waitFor()
    await looker.picture('wrong-duplicate-keys-checked')
  })

  test('when keys are missing', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('Leads, most without an email')
    await looker.pick(/Users Email/)
    await app.getByText(/rows have no key: such rows are skipped/).waitFor()
    await app.getByText(/rows hold a placeholder/).waitFor()
    await looker.picture('wrong-empty-keys')
    await app.getByLabel('Heap environment ID').fill('11')
    await app.getByRole('checkbox', { name: /I understand that/ }).check()
    await looker.button('240 will not: see why').click()
    await app.getByText('60 of 300 rows can be imported', { exact: true }).waitFor()
  })

  test('when two columns have one label', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('Two columns of one label')
    await looker.takeJoinKey('Users Email', '11')
    await expect.poll(() => app.getByText(/Rename or leave out all but one/).count()).toBe(2)
    await looker.next()
    await app.getByRole('alert').getByText('One thing to put right:').waitFor()
    await looker.picture('wrong-same-label')
    await app.getByLabel('Property in Heap for Users Tier').last().fill('Support tier')
    await looker.next()
    await looker.heading('Schedule and confirm')
  })

  test('when a name is reserved or too long', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('Columns with troubled names')
    await looker.takeJoinKey('Users Email', '11')
    await app.getByText(/Heap keeps the name "ID" for itself/).waitFor()
    await looker.picture('wrong-names')
    await looker.next()
    await app.getByRole('alert').getByText('One thing to put right:').waitFor()
    await looker.expectAccessible()
    await app.getByLabel('Property in Heap for ID').fill('Customer number')
    await looker.next()
    await looker.heading('Schedule and confirm')
  })

  test('when it is empty', async () => {
    const { looker } = running
    await looker.open('/new/look')
    await looker.chooseLook('No rows')
    await looker.app.getByText('The Look returns no rows right now').waitFor()
    await looker.picture('wrong-empty')
  })

  test('when its SQL fails', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.previewLook('A query that fails')
    await app.getByText('The Look does not run').waitFor()
    await app.getByText(/Unrecognized name: lifetime_purchase/).waitFor()
    await looker.expectAccessible()
    await looker.picture('wrong-sql')
    expect(await looker.button('Next').isDisabled()).toBe(true)
  })

  test('when it is slow, the wait is explained', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('A slow query')
    await app.getByText('Looker is running "A slow query" for its first rows').waitFor()
    await app.getByText('A Look that takes minutes is fine for a sync').waitFor()
    await looker.picture('wrong-slow')
    await app.getByRole('link', { name: 'Look', exact: true }).click()
    await looker.heading('Choose a Look')
  })
})

describe('what Looker says of the rows', () => {
  const EXPIRED = 'Looker says that the result is out of date. Run the Look anew.'
  const HIDDEN = /the 90 rows that it hides were imported all the same/
  const NOTE = 'Looker notes: The cache is being rebuilt.'

  test('is shown beside the sample, by the check of every row and on the review', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook(doubtful.title)
    await app.getByText('A delivery of these rows would be reported with 2 warnings:').waitFor()
    for (const text of [EXPIRED, HIDDEN]) await app.getByText(text).waitFor()
    // A note is folded.
    const note = app.getByText(NOTE)
    expect(await note.isVisible()).toBe(false)
    await looker.picture('doubtful-sample')
    await app.getByText('1 note', { exact: true }).click()
    await note.waitFor()
    await looker.expectAccessible()
    await looker.expectNoSidewaysScroll()

    await looker.takeJoinKey('Users Email', '11')
    await looker.button('2 warnings: see more').click()
    const check = app.getByRole('region', { name: 'Check of every row' })
    await check.getByText('100 of 100 rows can be imported', { exact: true }).waitFor()
    for (const text of [EXPIRED, HIDDEN]) await check.getByText(text).waitFor()
    await check.getByText('1 note', { exact: true }).waitFor()
    await check.scrollIntoViewIfNeeded()
    await looker.expectAccessible()
    await looker.picture('doubtful-checked')
    await looker.toSchedule()
    for (const text of [EXPIRED, HIDDEN]) await app.getByText(text).waitFor()
    await looker.picture('doubtful-review')
  })

  test('hides single columns of a pivot, and no more', async () => {
    const { looker } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook(partlyHidden.title)
    await looker.takeJoinKey('Users Email', '11')
    await app.getByText('4 properties, 4 hidden in the Look', { exact: true }).waitFor()
    await app.getByText(/"2024" is hidden in the Look/).waitFor()
    await app.getByText(/"2024", "2026", "Row Total" are hidden in the Look/).waitFor()
    await app.getByText(/one property per value, "Orders Revenue - 2025"\./).waitFor()
    await looker.picture('partly-hidden-pivots')
    await looker.expectAccessible()
    await looker.next()
    await looker.heading('Schedule and confirm')
    await app
      .getByText(
        'Overwrites "Orders Count - 2025", "Orders Count - 2026", "Orders Count - Row Total", "Orders Revenue - 2025".',
      )
      .waitFor()
  })
})

describe('the draft', () => {
  test('survives a reload at its step, and is started over on demand', async () => {
    const { looker } = running
    const { page, app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('CRM users')
    await looker.takeJoinKey('Users Email', '77')
    await app.getByLabel('Property in Heap for Users Income').fill('Salary')
    await looker.next()
    await looker.heading('Schedule and confirm')
    await looker.pick('Monthly')
    await page.reload()
    await looker.heading('Schedule and confirm')
    await app.getByRole('radio', { name: 'Monthly' }).waitFor()
    expect(await app.getByRole('radio', { name: 'Monthly' }).isChecked()).toBe(true)
    await app.getByText(/^Overwrites .*"Salary"/).waitFor()
    await app.getByText(/users (or more )?in environment 77, overwrites 7 properties/).waitFor()
    await app.getByRole('link', { name: 'Change the Look' }).click()
    await app.getByText('Your draft is for the Look CRM users').waitFor()
    await looker.picture('draft-notice')
    await looker.button('Start over').click()
    await app.getByText('Your draft is for the Look').waitFor({ state: 'detached' })
  })

  test('that cannot be at a step yet begins with what is missing', async () => {
    const { looker } = running
    await looker.open('/new/review')
    await looker.heading('Choose a Look')
  })
})

describe('back and forward', () => {
  test('walk the steps and keep what was filled in', async () => {
    const { looker } = running
    const { page, app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('CRM users')
    await looker.takeJoinKey('Users Email', '77')
    await looker.toSchedule()
    await page.goBack()
    await looker.heading('Map the columns')
    await page.goBack()
    await looker.heading('Choose a Look')
    await page.goForward()
    await looker.heading('Map the columns')
    expect(await app.getByLabel('Heap environment ID').inputValue()).toBe('77')
    await page.goForward()
    await looker.heading('Schedule and confirm')
    expect(looker.route()).toBe('/new/schedule')
  })

  test('lead out of the extension', async () => {
    const { looker, stack } = running
    const { page } = looker
    await page.goto(`${stack.lookerUrl}/looks`)
    await page.getByRole('link', { name: 'Heap Data Import', exact: true }).click()
    await looker.heading('Syncs')
    await looker.app.getByRole('link', { name: 'Setup' }).click()
    await looker.heading('Setup')
    await page.goBack()
    await looker.heading('Syncs')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Looks' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/looks')
  })

  test('do not end at a sync that was created', async () => {
    const { looker, stack } = running
    const { page, app } = looker
    await page.goto(`${stack.lookerUrl}/looks`)
    await looker.open('/new/look')
    await looker.chooseLook('A hidden column')
    await looker.takeJoinKey('Users Email', '11')
    await looker.toSchedule()
    await looker.button('Create').click()
    await looker.heading('A hidden column to Heap')
    for (const step of ['schedule', 'map', 'look']) {
      await page.goBack()
      await looker.heading('Choose a Look')
      expect(looker.route()).toBe(`/new/${step}`)
      // Says that it is a new draft and none of the sync that is done.
      expect(await app.getByText('Your draft is for the Look').count()).toBe(0)
    }
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Looks' }).waitFor()
  })
})

describe('what is missing is explained', () => {
  test('to someone who may not send to actions', async () => {
    const { looker } = running
    const { app } = looker
    await looker.become('Ben Viewer')
    await looker.open('/new/look')
    await looker.chooseLook('A hidden column')
    await looker.takeJoinKey('Users Email', '11')
    await looker.toSchedule()
    await looker.button('Create').click()
    await app.getByText('You may not send this Look to Heap').waitFor()
    await app.getByText(/permission send_to_integration/).waitFor()
    // In view above the buttons, though it stands at the end of the page.
    const [problem, buttons] = await Promise.all([
      app.getByRole('alert').boundingBox(),
      app.locator('footer').boundingBox(),
    ])
    expect(problem!.y).toBeGreaterThan(0)
    expect(problem!.y + problem!.height).toBeLessThanOrEqual(buttons!.y)
    await looker.expectAccessible()
    await looker.picture('may-not-schedule')
  })

  test('when Looker fails', async () => {
    const { looker } = running
    await looker.open('/syncs?sandbox.fail=all_scheduled_plans:500')
    await looker.app.getByText('Looker could not do this').waitFor()
    await looker.expectAccessible()
    await looker.picture('looker-fails')
  })

  test('when a sync is gone', async () => {
    const { looker } = running
    await looker.open('/syncs/999')
    await looker.app.getByText('Looker does not let you do this').waitFor()
    await looker.picture('sync-gone')
  })
})

it.each(['/spartan', '/embed/extensions'])('works in the host %s', async (host) => {
  const { looker } = running
  await looker.open('/new/look', EXTENSION.replace('/extensions', host))
  await looker.chooseLook('A hidden column')
  await looker.expectNoSidewaysScroll()
  const body = await looker.frame()
  expect(await body.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  await looker.picture(`host-${host.split('/')[1]}`)
})

describe('without the action server', () => {
  test('the wizard and the setup page say that it does not answer', async () => {
    const { looker, stack } = running
    const { app } = looker
    await looker.open('/new/look')
    await looker.chooseLook('A hidden column')
    await looker.takeJoinKey('Users Email', '11')
    await app.getByText('All 100 rows can be imported').waitFor()
    await stack.server.stop()
    // Other rows are to be sent, so that they are checked anew.
    await app.getByLabel('An empty cell').selectOption('text')
    await app.getByText('The rows could not be checked').waitFor()
    await looker.button('see why').click()
    await app.getByText('Looker gets no form from the action server').waitFor()
    await app.getByText('Check that the server is running').waitFor()
    await looker.expectAccessible()
    await looker.picture('server-unreachable')
    await looker.open('/setup')
    await app.getByText('The action server cannot be reached').waitFor()
    await app.getByText('Whoever runs the action server can fix this:').waitFor()
    await looker.expectAccessible()
    await looker.picture('setup-server-unreachable')
  })
})
