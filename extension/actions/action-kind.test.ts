import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formFields } from '../../shared/settings/sync-settings.ts'
import { kindOfForm } from './action-kind.ts'

const ours = formFields({}).map(({ name }) => name)
const heapOwn = ['env_id', 'property_type', 'heap_field']

test.each([
  ['this server', ours, { kind: 'ours' }],
  ['a newer server', [...ours, 'more'], { kind: 'ours' }],
  ["Heap's own action", heapOwn, { kind: 'heap_own' }],
  ["Heap's own action in another order", [...heapOwn].reverse(), { kind: 'heap_own' }],
  ["Heap's own with one field more", [...heapOwn, 'region'], { kind: 'unknown' }],
  ['an action that has a dry run only', [...heapOwn, 'dry_run'], { kind: 'unknown' }],
  ['something else', ['channel'], { kind: 'unknown', fields: ['channel'] }],
])('%s is told by its form', (_what, fields, kind) => {
  expect(kindOfForm(fields)).toMatchObject(kind)
})

test('an older server lacks what the extension would write', () => {
  const older = ours.filter((name) => name !== 'max_rejected_percent')
  expect(kindOfForm(older)).toEqual({ kind: 'outdated', missing: ['max_rejected_percent'] })
})

test('no form without a dry run is ours, whatever else it has', () => {
  const fields = fc.uniqueArray(fc.oneof(fc.constantFrom(...ours), fc.string()))
  fc.assert(
    fc.property(fields, (names) => {
      const { kind } = kindOfForm(names)
      const complete = ours.every((name) => names.includes(name))
      expect(kind === 'ours').toBe(complete)
      if (!names.includes('dry_run')) expect(['heap_own', 'unknown']).toContain(kind)
    }),
  )
})
