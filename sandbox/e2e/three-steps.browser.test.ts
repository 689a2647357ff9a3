import { expect, it } from 'vitest'
import { useStack } from '../testing/use-stack.ts'

// From a Look to a running sync: how little that takes, and what each step shows.

const running = useStack()

/** What a person does in the frame, counted by the page itself. */
const COUNT = `window.done = { clicks: 0, keys: 0 };
  window.addEventListener('click', ({ isTrusted, detail }) => isTrusted && detail > 0 && (window.done.clicks += 1), true);
  window.addEventListener('keydown', ({ isTrusted }) => isTrusted && (window.done.keys += 1), true)`

it('takes six clicks at most and no key once the environment is known', async () => {
  const { looker, stack } = running
  const { app } = looker
  // The first sync tells the environment, which the browser remembers.
  await looker.open('/new/look')
  await looker.chooseLook('A hidden column')
  await looker.takeJoinKey('Users Email', '11')
  await looker.toSchedule()
  await looker.button('Create').click()
  await looker.heading('A hidden column to Heap')

  await looker.open('/syncs')
  await looker.heading('Syncs')
  const frame = await looker.frame()
  await frame.evaluate(COUNT)
  await looker.button('New sync').click()
  await looker.heading('Choose a Look')
  await app.getByRole('button', { name: 'CRM users with known defects', exact: true }).click()
  await app.getByRole('table', { name: 'First rows' }).waitFor()
  await looker.next()
  await looker.heading('Map the columns')
  await looker.next()
  await looker.heading('Schedule and confirm')
  await looker.button('Create and run now').click()
  await looker.heading('CRM users with known defects to Heap')
  await app.getByRole('table', { name: 'Runs' }).getByText('9,981').first().waitFor()
  const { clicks, keys } = await frame.evaluate<{ clicks: number; keys: number }>('window.done')
  expect(clicks).toBeLessThanOrEqual(6)
  expect(clicks).toBeGreaterThanOrEqual(4)
  expect(keys).toBe(0)
  expect(stack.heap.users('11').size).toBeGreaterThanOrEqual(9_981)
})

it.each([1280, 1440])('is looked at, %i wide', async (width) => {
  const { looker } = running
  const { app } = looker
  await looker.page.setViewportSize({ width, height: 900 })
  const check = async (name: string) => {
    await looker.picture(`steps-${name}-${width}`)
    await looker.expectNoSidewaysScroll()
    await looker.expectAccessible()
  }
  await looker.open('/new/look')
  await app
    .getByRole('table', { name: /Looks$/ })
    .first()
    .waitFor()
  await check('looks')
  for (const title of [
    'CRM users',
    'No rows',
    'A query that fails',
    'Orders per year, pivoted, with row totals',
  ]) {
    await looker.previewLook(title)
    await app.getByText(/rows?, \d+ columns|The Look does not run/).waitFor()
    await check(`look-${title.replaceAll(/\W+/g, '-')}`)
  }
  await looker.chooseLook('CRM users')
  await looker.takeJoinKey('Users Email', '11')
  await looker.toSchedule()
  await app.getByRole('region', { name: 'The first row that can be sent' }).waitFor()
  await check('schedule')
  const frame = await looker.frame()
  await frame.evaluate('window.scrollTo({ top: 700 })')
  await check('schedule-below')
  await looker.button('Create').click()
  await looker.heading('CRM users to Heap')
  await looker.button('Edit').click()
  await looker.heading('Schedule and confirm')
  await looker.pick('Hourly')
  await app.getByRole('table', { name: 'What changes' }).waitFor()
  await check('schedule-changed')
})

it('sends one row as a test, and answers afterwards which keys were sent', async () => {
  const { looker, stack } = running
  const { app } = looker
  await looker.open('/new/look')
  await looker.chooseLook('CRM users with known defects')
  await looker.takeJoinKey('Users Email', '88')
  await looker.toSchedule()
  await looker.button('Send one test row').click()
  await app.getByText(/^Heap answered 200/).waitFor()
  expect(stack.heap.users('88').size).toBe(1)
  const [[sent, properties]] = [...stack.heap.users('88')] as [[string, object]]
  const request = JSON.parse(await app.getByRole('region', { name: 'The request' }).innerText())
  expect(request.users).toEqual([{ identity: sent, properties }])
  const example = app.getByRole('region', { name: 'The first row that can be sent' })
  expect(JSON.parse(await example.innerText())).toEqual(request)
  await looker.expectAccessible()
  await app.getByRole('region', { name: 'One test row' }).scrollIntoViewIfNeeded()
  await looker.picture('steps-test-row')

  await looker.button('Create and run now').click()
  await looker.heading('CRM users with known defects to Heap')
  await app.getByRole('table', { name: 'Runs' }).getByText('9,981').first().waitFor()
  const ask = async (key: string) => {
    await app.getByLabel('Join key', { exact: true }).fill(key)
    await looker.button('Look it up').click()
  }
  await ask(sent)
  await app.getByText('Yes: Heap has taken its row.').waitFor()
  await looker.expectAccessible()
  await looker.picture('steps-key-lookup')
  await ask('nobody@example.com')
  await app.getByText(/^No: it was not in the last whole delivery/).waitFor()
})
