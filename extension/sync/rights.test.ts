import { expect, test } from 'vitest'
import { rightsOf } from './rights.ts'

const plan = (change: object) => ({ user_id: '2', user: { display_name: 'Bob' }, ...change }) as never

test.each([
  ['the owner', { user_id: '1' }, 'may'],
  ['the owner, whatever else Looker says', { user_id: '1', can: { update: false } }, 'may'],
  ['whom Looker lets', { can: { update: true } }, 'may'],
  ['whom Looker does not let', { can: { update: false } }, 'may_not'],
  ['another, of whom Looker says nothing', { can: {} }, 'unknown'],
  ['another, of whom Looker says nothing at all', {}, 'unknown'],
])('of %s', (_who, change, kind) => {
  expect(rightsOf(plan(change), '1').kind).toBe(kind)
})

test('name the owner', () => {
  const rights = rightsOf(plan({ can: { update: false } }), '1')
  expect(rights).toMatchObject({ reason: expect.stringContaining('owned by Bob') })
})
