import { expect, it } from 'vitest'
import type { Look } from '../looker/look.ts'
import { dimension, measure } from '../looker/look-fields.ts'
import { SAMPLE_LOOKS } from '../looker/looks.ts'
import { useStack } from '../testing/use-stack.ts'

// Step 2 of the wizard: nothing wrong leaves it without having been said.

/** Every column but the key compares badly in Heap, in a way of its own. */
const troubledValues: Look = {
  id: '61',
  title: 'Troubled values',
  explanation: 'Values that people read well and Heap compares badly.',
  fields: {
    dimensions: [
      dimension('users.id', 'Users', 'ID', { primary_key: true }),
      dimension('users.email', 'Users', 'Email'),
      dimension('users.spend', 'Users', 'Spend'),
      dimension('users.share', 'Users', 'Share'),
      dimension('users.seats', 'Users', 'Seats'),
      dimension('users.renewal', 'Users', 'Renewal'),
      dimension('users.story', 'Users', 'Story'),
      dimension('users.beta', 'Users', 'Beta (Yes / No)', { type: 'yesno' }),
      dimension('users.agreed', 'Users', 'Agreed'),
    ],
    measures: [measure('orders.count', 'Orders', 'Count', { type: 'count' })],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: 60,
  *rows() {
    for (let number = 1; number <= 60; number += 1) {
      yield {
        // Two are told apart by case only.
        'users.id': number === 60 ? 'u-59X' : number === 59 ? 'u-59x' : `u-${number}`,
        'users.email': `reader-${number}@example.com`,
        'users.spend': `$${(1_000 + number).toLocaleString('en-US')}`,
        'users.share': `${number} %`,
        'users.seats': number % 5 === 0 ? 'unlimited' : String(number),
        'users.renewal': `${1 + (number % 12)}/15/2026`,
        'users.story': 'x'.repeat(1_024),
        'users.beta': number % 2 === 0 ? 'Yes' : 'No',
        'users.agreed': ['Yes', 'no', 'TRUE'][number % 3] ?? 'no',
        'orders.count': number,
      }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users ID' },
}

/** Unique by chance, and about nobody. */
const anonymous: Look = {
  id: '62',
  title: 'Incomes without names',
  explanation: 'No column says whom a row is about; the income happens to be unique.',
  fields: {
    dimensions: [dimension('users.income', 'Users', 'Income', { type: 'number' })],
    measures: [measure('orders.count', 'Orders', 'Count', { type: 'count' })],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: 40,
  *rows() {
    for (let number = 1; number <= 40; number += 1) {
      yield { 'users.income': 20_000 + number, 'orders.count': number % 7 }
    }
  },
  suggestedParams: {},
}

const running = useStack({ looks: [...SAMPLE_LOOKS, troubledValues, anonymous] })

/** At the width of the README's pictures and a larger one; each is looked at by people. */
async function pictures(name: string) {
  const { looker } = running
  for (const width of [1280, 1440]) {
    await looker.page.setViewportSize({ width, height: 900 })
    await looker.expectNoSidewaysScroll()
    await looker.picture(`map-${name}-${width}`)
  }
  await looker.expectAccessible()
}

async function open(title: string) {
  const { looker } = running
  await looker.open('/new/look')
  await looker.chooseLook(title)
}

it('checks every row by itself, and shows which will not be imported', async () => {
  const { looker } = running
  const { app } = looker
  await open('CRM users with known defects')
  await looker.takeJoinKey('Users Email', '11')
  await app.getByText('9,981 will be imported').waitFor()
  await pictures('checked')
  await looker.button('19 will not: see why').click()
  const details = app.getByRole('region', { name: 'Check of every row' })
  await details.getByRole('heading', { name: '15 rejected rows' }).waitFor()
  await details.getByText('person-00003@example.com').first().waitFor()
  await pictures('why')
  expect(running.stack.heap.requests().requests).toBe(0)
})

it('stops LTV Tier as a key, with the figure, until it is understood', async () => {
  const { looker } = running
  const { app } = looker
  await open('CRM users')
  await looker.takeJoinKey('Users Email', '11')
  await looker.pick('Join key: Users LTV Tier')
  const tick = app.getByRole('checkbox', { name: /only 4 have a good key of their own/ })
  await tick.waitFor()
  await looker.next()
  await app
    .getByRole('alert')
    .getByText(/tick that you understand/)
    .waitFor()
  expect(await app.getByRole('link', { name: 'Schedule' }).count()).toBe(0)
  await looker.button('see why').click()
  await pictures('doubtful')
  await tick.check()
  await looker.next()
  await looker.heading('Schedule and confirm')
})

it('suggests no income, and takes a Look of accounts for one', async () => {
  const { looker } = running
  const { app } = looker
  await open('Accounts')
  await looker.takeJoinKey('Accounts Account ID', '11')
  const type = app.getByLabel('Rows are')
  expect(await type.inputValue()).toBe('account')
  await type.selectOption('user')
  await app.getByText(/You have chosen users: a key that Heap does not know would create one/).waitFor()
  await pictures('accounts-as-users')
  await open(anonymous.title)
  await app.getByText(/no column is tagged as one/).waitFor()
  await looker.next()
  await app
    .getByRole('alert')
    .getByText(/that is the join key/)
    .waitFor()
  await pictures('no-key')
})

it('says what will compare badly, and what to change', async () => {
  const { looker } = running
  const { app } = looker
  await open(troubledValues.title)
  await looker.pick('Join key: Users ID')
  await app.getByText(/2 keys differ by case or invisible characters only/).waitFor()
  await app.getByLabel('Heap environment ID').fill('11')
  await app.getByText('All 60 rows can be imported').waitFor()
  await app.getByRole('checkbox', { name: 'Only what needs attention (6)' }).check()
  for (const text of [
    /Numbers written as text/,
    /48 numbers among 12 texts/,
    /Dates as people write them/,
    /60 sample values are longer than the 1,023 characters/,
    /Yes and no are spelled in several ways/,
  ]) {
    await app.getByText(text).first().waitFor()
  }
  await app.getByRole('table', { name: 'Columns and their properties' }).scrollIntoViewIfNeeded()
  await pictures('values')
})

it('changes a prefix in one go and takes it back', async () => {
  const { looker } = running
  const { app } = looker
  await open('CRM users')
  await looker.button('Change a prefix').click()
  await looker.button('Remove it from 5 names').click()
  const field = app.getByLabel('Property in Heap for Users LTV Tier')
  expect(await field.inputValue()).toBe('LTV Tier')
  await pictures('prefix')
  await looker.button('Undo: change the prefix Users').click()
  expect(await field.inputValue()).toBe('Users LTV Tier')
})

it('shows 150 columns in windows of the page, which alone scrolls', async () => {
  const { looker } = running
  const { app } = looker
  await open('150 columns of feature flags')
  await app.getByText('50 of 150 columns shown').waitFor()
  await looker.button('Show more').click()
  await app.getByText('100 of 150 columns shown').waitFor()
  await looker.button('Show more').click()
  await app.getByText('100 of 150 columns shown').waitFor({ state: 'detached' })
  const frame = await looker.frame()
  const scrollers = await frame.evaluate<string[]>(`[...document.querySelectorAll('main *')]
    .filter((element) => element.scrollHeight > element.clientHeight + 1)
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY))
    .map((element) => element.outerHTML.slice(0, 100))`)
  expect(scrollers).toEqual([])
  await pictures('wide')
})
