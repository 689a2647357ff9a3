import { expect, it } from 'vitest'
import { DOCUMENTED_STATUSES } from './documented-statuses.ts'
import { OPERATIONS } from './operations.ts'

it('are known of every operation, and 403 is none of them', () => {
  expect(Object.keys(DOCUMENTED_STATUSES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort())
  expect(Object.values(DOCUMENTED_STATUSES).flat()).not.toContain(403)
})
