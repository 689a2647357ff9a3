import { it } from 'vitest'
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

const running = useStack({ looks: [...SAMPLE_LOOKS, troubledValues] })

it('looks', async () => {
  const { looker } = running
  const { app } = looker
  const shot = (name: string) => app.locator('main').screenshot({ path: `screenshots/${name}.png` })
  const checked = () => app.getByText(/will be imported|can be imported/).waitFor({ timeout: 15000 }).catch(() => {})
  await looker.open('/new/look')
  await looker.chooseLook('CRM users with known defects')
  await app.getByLabel('Heap environment ID').fill('11').catch(() => {})
  await checked()
  await looker.picture('map-users')
  await shot('map-users-all')
  await looker.button('19 will not: see why').click().catch(() => {})
  await looker.picture('map-why')
  await looker.pick('Join key: Users LTV Tier')
  await looker.picture('map-tier')
  await looker.expectAccessible()
  await looker.open('/new/look')
  await looker.chooseLook(troubledValues.title)
  await checked()
  await looker.button('Change a prefix').click()
  await shot('map-troubled-all')
  await looker.expectAccessible()
  await looker.expectNoSidewaysScroll()
})
