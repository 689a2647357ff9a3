import type { Look } from '../look.ts'
import { dimension } from '../look-fields.ts'
import { pick, TIERS } from '../sample-values.ts'

const ROWS = 100

export const sameLabel: Look = {
  id: '9',
  title: 'Two columns of one label',
  explanation:
    'Two columns are both called "Users Tier": one would overwrite the other in Heap, so nothing may be sent.',
  fields: {
    dimensions: [
      dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
      dimension('users.tier', 'Users', 'Tier'),
      dimension('users.support_tier', 'Users', 'Tier'),
    ],
    measures: [],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      yield {
        'users.email': `member-${number}@example.com`,
        'users.tier': pick(TIERS, number),
        'users.support_tier': pick(TIERS, number * 3),
      }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
