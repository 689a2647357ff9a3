import { expect, test } from 'vitest'
import { note, readRemarks, warning } from './remark.ts'

test('a remark is one line of at most 500 characters', () => {
  expect(warning('row_limit', ' a\n b ', 3)).toEqual({
    kind: 'warning',
    code: 'row_limit',
    text: 'a b',
    count: 3,
  })
  expect(note('looker_note', 'x'.repeat(501)).text).toBe(`${'x'.repeat(497)}...`)
})

test('what was stored comes back, of an earlier version as texts, and what is no remark is left out', () => {
  const remarks = [note('looker_note', 'Noted.'), warning('values_cut', 'Cut.', 2)]
  expect(readRemarks(JSON.parse(JSON.stringify(remarks)))).toEqual(remarks)
  expect(readRemarks(['Old.'])).toEqual([{ kind: 'warning', code: 'earlier', text: 'Old.' }])
  expect(readRemarks([{ kind: 'warning', code: 'of a newer version', text: 'New.' }])).toEqual([
    { kind: 'warning', code: 'earlier', text: 'New.' },
  ])
  expect(readRemarks([null, 5, {}])).toEqual([])
  expect(readRemarks(null)).toEqual([])
})
