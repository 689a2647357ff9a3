import { expect, it } from 'vitest'
import type { Look, LookRow } from '../looker/look.ts'
import { dimension } from '../looker/look-fields.ts'
import { SAMPLE_LOOKS } from '../looker/looks.ts'
import { useStack } from '../testing/use-stack.ts'

// Step 2 of the wizard: how many of the keys Heap knows, against a Look of Heap's own export.

const email = (number: number) => `reader-${number}@example.com`
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

function listOf(id: string, title: string, view: string, keys: readonly string[]): Look {
  return {
    id,
    title,
    explanation: 'One key a row.',
    fields: {
      dimensions: [
        dimension(`${view}.seen`, view, 'Last Seen'),
        dimension(`${view}.identity`, view, 'Identity', { primary_key: true }),
      ],
      measures: [],
      pivots: [],
      table_calculations: [],
    },
    timezone: 'UTC',
    rowCount: keys.length,
    *rows() {
      for (const key of keys) yield { [`${view}.seen`]: 'once', [`${view}.identity`]: key } as LookRow
    },
    suggestedParams: { env_id: '11', property_type: 'user', heap_field: `${view} Identity` },
  }
}

const OURS = range(1, 1_200).map(email)
/** The even ones of ours, others beside them, and one that differs by a capital letter. */
const HEAPS = [...range(1, 1_200).filter((number) => number % 2 === 0), ...range(2_000, 2_300)]
  .map(email)
  .concat(email(1).toUpperCase())

const running = useStack({
  looks: [
    ...SAMPLE_LOOKS,
    listOf('71', 'Readers of the newsletter', 'Readers', OURS),
    listOf('72', 'Users in Heap', 'Heap', HEAPS),
  ],
})

it('says how many keys Heap knows, with examples, and remembers the Look', async () => {
  const { looker, stack } = running
  const { app } = looker
  const known = new Set(HEAPS)
  const both = OURS.filter((key) => known.has(key)).length
  const folded = app.getByText('How many of these users does Heap know? (optional)')
  const count = (figure: number) => figure.toLocaleString('en-US')
  const found = app.getByText(
    `${count(both)} of ${count(OURS.length)} keys are known to Heap; ${count(OURS.length - both)} would create users.`,
  )

  await looker.open('/new/look')
  await looker.chooseLook('Readers of the newsletter')
  await looker.takeJoinKey('Readers Identity', '11')
  await folded.click()
  await app.getByLabel('Search its title').fill('users in heap')
  await app.getByLabel(/^Look of the users that Heap knows/).selectOption('72')
  await app.getByLabel(/^Column with/).selectOption({ label: 'Heap Identity' })
  await looker.button('Compare the keys').click()
  await found.waitFor()
  await app.getByText(`Not known, for example: "${email(1)}", "${email(3)}"`).waitFor()
  await app.getByText(`Known, for example: "${email(2)}", "${email(4)}"`).waitFor()
  for (const width of [1280, 1440]) {
    await looker.page.setViewportSize({ width, height: 900 })
    await folded.scrollIntoViewIfNeeded()
    await looker.expectNoSidewaysScroll()
    await looker.picture(`match-${width}`)
  }
  await looker.expectAccessible()
  expect(stack.heap.requests().requests).toBe(0)

  // Another sync of the environment: the Look is chosen already.
  await looker.open('/new/look')
  await looker.chooseLook('CRM users')
  await app.getByLabel('Heap environment ID').and(app.locator('[value="11"]')).waitFor()
  await folded.click()
  await looker.button('Compare the keys').click()
  await app.getByText(/^None of 10,000 keys is known to Heap; 10,000 would create users\./).waitFor()
  await looker.picture('match-none')
  expect(stack.heap.requests().requests).toBe(0)
})
