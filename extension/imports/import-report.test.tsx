// @vitest-environment jsdom
import 'regenerator-runtime/runtime'
import { ComponentsProvider } from '@looker/components'
import { cleanup, render } from '@testing-library/react'
import React from 'react'
import { afterEach, expect, test } from 'vitest'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { anImport } from '../testing/an-import.ts'
import { ImportReport } from './import-report.tsx'

afterEach(cleanup)

/** The lines of the report, the folded ones among them. */
function linesOf(view: ImportDetail): string[] {
  const { container } = render(
    <ComponentsProvider loadGoogleFonts={false}>
      <ImportReport view={view} />
    </ComponentsProvider>,
  )
  return [...container.querySelectorAll('p, li, summary')].map(({ textContent }) => textContent ?? '')
}

const QUIET = { retries: 0, lastError: null, nextTryAt: null, denial: null }
const CUT = 'The result may be cut.'
const NOTED = 'Looker notes: a note.'
const remarks: ImportDetail['remarks'] = [
  { kind: 'note', code: 'looker_note', text: NOTED },
  { kind: 'warning', code: 'row_limit', text: CUT },
]
const imported = (more = '') => `Imported 60 of 60 rows into Heap environment 11.${more}`
const counts = { received: 60, delivered: 60, rejected: 0, skipped: 0, superseded: 0, unchanged: 0 }

test('a clean import is told in the words of the server', () => {
  expect(linesOf(anImport({ message: imported() }))).toEqual(['60 of 60 rows imported', imported()])
})

test('warnings are told whatever else is, and notes are folded', () => {
  const told = [CUT, '1 note', NOTED]
  expect(linesOf(anImport({ remarks, message: imported(` ${CUT} ${NOTED}`) }))).toEqual([
    '60 of 60 rows imported',
    ...told,
  ])
  cleanup()
  const some = { ...counts, delivered: 57, skipped: 2, superseded: 1, unchanged: 0 }
  expect(linesOf(anImport({ counts: some, remarks, message: 'Imported 57 of 60 rows.' }))).toEqual([
    '57 of 60 rows imported',
    '2 rows without a join key skipped.',
    '1 row replaced by a newer delivery of this sync.',
    ...told,
  ])
})

test('nothing is told twice where the message has it all', () => {
  const failed = `Looker stopped. Imported 60 of 60 rows. ${CUT}`
  expect(linesOf(anImport({ success: false, remarks, message: failed }))).toEqual([
    '60 of 60 rows imported',
    failed,
  ])
  cleanup()
  const nothing = `The Look returned no rows; nothing was changed in Heap. ${CUT}`
  const empty = { received: 0, delivered: 0, rejected: 0, skipped: 0, superseded: 0, unchanged: 0 }
  expect(linesOf(anImport({ counts: empty, remarks, message: nothing }))).toEqual([nothing])
})

test('that Heap turns rows away is told while they wait', () => {
  const denial = 'Heap has turned away every request since 2026-03-01 09:00 UTC: HTTP 403.'
  const waiting = { ...counts, delivered: 20 }
  expect(
    linesOf(anImport({ state: 'sending', counts: waiting, pending: 40, heap: { ...QUIET, denial } })),
  ).toEqual(['20 of 60 rows sent so far', denial])
})
