import { describe, expect, test } from 'vitest'
import { NO_PROPERTY_NAMES } from '../../shared/rows/property-plan.ts'
import { aColumn } from '../../shared/testing/columns.ts'
import { aDraft } from '../testing/a-draft.ts'
import { draftChanges, leftInHeap } from './draft-changes.ts'

const columns = ['email', 'plan', 'ltv'].map((name) => aColumn({ name: `users.${name}`, label: name }))
const before = aDraft({ syncId: 'the-id-of-a-sync-22-lett' })
const changed = (change: Parameters<typeof aDraft>[0]) => ({ ...before, ...change })
const lines = (change: Parameters<typeof aDraft>[0]) =>
  draftChanges(before, changed(change), columns).map(({ what, before, after }) => [what, before, after])

describe('what a changed sync does otherwise', () => {
  test.each<[Parameters<typeof aDraft>[0], string, string, string]>([
    [{ name: 'Other' }, 'Name', 'Customers to Heap', 'Other'],
    [{ environmentId: ' 12' }, 'Heap environment', '11', '12'],
    [{ joinKey: 'users.plan' }, 'Join key', 'email', 'plan'],
    [
      { matchBy: 'heap_setup' },
      'Match by',
      'Heap identity',
      "The user property chosen in Heap's set-up of Looker Data Import",
    ],
    [{ emptyValue: '(none)' }, 'Empty cells', 'leave the old value', '(none)'],
    [
      { schedule: { kind: 'daily', time: '04:00' } },
      'Runs',
      'Every day at 03:15 (Europe/Berlin)',
      'Every day at 04:00 (Europe/Berlin)',
    ],
    [{ send: 'changed' }, 'Rows sent', 'All rows', 'New and changed rows'],
    [{ sendAllResults: false }, 'Row limit', 'All results', 'That of the Look'],
    [{ maxRejectedPercent: '5' }, 'Rejected rows allowed', '0 %', '5 %'],
    [{ dryRun: true }, 'Dry run', 'No', 'Nothing is sent'],
    [{ look: { id: '43', title: 'Others' } }, 'Look', 'Customers', 'Others'],
  ])('by %j', (change, what, from, to) => {
    expect(lines(change)).toContainEqual([what, from, to])
  })

  test('by its names', () => {
    expect(lines({ propertyNames: { rename: { 'users.ltv': 'LTV' }, exclude: ['users.plan'] } })).toEqual([
      ['Properties', '"plan", "ltv"', '"LTV"'],
    ])
  })

  test('is nothing for one that was not changed', () => {
    expect(lines({})).toEqual([])
    expect(leftInHeap(before, before, columns)).toEqual([])
  })
})

describe('what stays in Heap', () => {
  test.each<[Parameters<typeof aDraft>[0], string]>([
    [{ environmentId: '12', propertyType: 'account' }, 'What the sync wrote to environment 11 stays there.'],
    [{ propertyType: 'account' }, 'The properties that the sync gave to users stay with them.'],
    [{ matchBy: 'heap_setup' }, 'What the sync wrote by the former join key stays with those users.'],
    [
      { look: { id: '43', title: 'X' } },
      'Properties that only the former Look has stay in Heap with their last values.',
    ],
    [
      { propertyNames: { ...NO_PROPERTY_NAMES, exclude: ['users.plan'] } },
      '"plan" stays in Heap with the last values: nothing updates it any more.',
    ],
    [
      { propertyNames: { ...NO_PROPERTY_NAMES, rename: { 'users.plan': 'a', 'users.ltv': 'b' } } },
      '"plan", "ltv" stay in Heap with the last values: nothing updates them any more.',
    ],
  ])('by %j', (change, text) => {
    expect(leftInHeap(before, changed(change), columns)).toEqual([text])
  })

  test('is nothing new when a column is added', () => {
    const less = changed({ propertyNames: { ...NO_PROPERTY_NAMES, exclude: ['users.plan'] } })
    expect(leftInHeap(less, before, columns)).toEqual([])
  })
})
