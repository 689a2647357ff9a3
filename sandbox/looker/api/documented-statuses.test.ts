import { expect, it } from 'vitest'
import { DOCUMENTED_STATUSES } from './documented-statuses.ts'
import { OPERATIONS } from './operations.ts'

it('are known of every operation, and 403 is in those of projects only', () => {
  expect(Object.keys(DOCUMENTED_STATUSES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort())
  const forbidden = Object.entries(DOCUMENTED_STATUSES).filter(([, statuses]) => statuses.includes(403))
  expect(forbidden.map(([name]) => name)).toEqual(['all_projects', 'project'])
})
