// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { typeInWords } from '../../../sample/type-in-words.ts'
import { writeDraft } from '../../../sync/draft.ts'
import { aDraft } from '../../../testing/a-draft.ts'
import { aResult, aState } from '../../../testing/fake-state.ts'
import { openApp } from '../../../testing/render-app.tsx'

// Called by every row of the two tables that is drawn, once, with its column's type.
vi.mock('../../../sample/type-in-words.ts', { spy: true })

const COLUMNS = 40

/** The step of the columns of a Look with a join key and forty columns, drawn. */
async function openTable() {
  const flags = Array.from({ length: COLUMNS }, (_, index) => ({
    name: `flags.f${index}`,
    label: `Flag ${index}`,
    type: `type ${index}`,
  }))
  const columns = [{ name: 'users.email', label: 'Users Email' }, ...flags]
  const rows = [1, 2].map((row) => columns.map(({ name }) => `${name} ${row}`))
  const look = { id: '1', title: 'Customer lifetime value' }
  const stored = new Map([['draft', writeDraft(aDraft({ look }))]])
  openApp(aState({ results: { '1': aResult(columns, rows) }, stored }), '/new/map')
  const field = await screen.findByLabelText('Property in Heap for Flag 7')
  expect(drawn()).toHaveLength(COLUMNS + 1)
  vi.mocked(typeInWords).mockClear()
  return field
}

const drawn = () => vi.mocked(typeInWords).mock.calls.map(([type]) => type)

beforeEach(() => {
  vi.mocked(typeInWords).mockClear()
})

test('a key draws the row that is typed in, and no other', async () => {
  userEvent.type(await openTable(), ' on')
  expect(screen.getByDisplayValue('Flag 7 on')).toBeTruthy()
  expect(drawn()).toEqual(['type 7', 'type 7', 'type 7'])
})

test('a key draws the row whose name it makes the same, and that row again when it is not', async () => {
  userEvent.type(await openTable(), '{backspace}8')
  expect(screen.getByText('The name of "flags.f7", too. Rename or leave out all but one.')).toBeTruthy()
  expect(drawn()).toEqual(['type 7', 'type 7', 'type 8'])
  userEvent.type(screen.getByLabelText('Property in Heap for Flag 7'), '0')
  expect(screen.queryByText(/Rename or leave out all but one/)).toBeNull()
  expect(drawn().slice(3)).toEqual(['type 7', 'type 8'])
})

test('edits of several rows one after the other all count', async () => {
  userEvent.type(await openTable(), 'a')
  userEvent.type(screen.getByLabelText('Property in Heap for Flag 9'), 'b')
  userEvent.click(screen.getByLabelText('Import Flag 3'))
  userEvent.click(screen.getByLabelText('Import Flag 4'))
  for (const name of ['Flag 7a', 'Flag 9b']) expect(screen.getByDisplayValue(name)).toBeTruthy()
  expect(screen.getAllByText('Left out.')).toHaveLength(2)
})
