import type { Look, LookRow } from '../look.ts'
import { dimension } from '../look-fields.ts'
import { scramble } from '../sample-values.ts'

const ROWS = 1_000
const PROPERTIES = 149

const flags = Array.from({ length: PROPERTIES }, (_, index) => `flags.feature_${index + 1}`)

export const wide: Look = {
  id: '6',
  title: '150 columns of feature flags',
  explanation: '1,000 people and 149 product flags each, so that a request to Heap fills up by size.',
  fields: {
    dimensions: [
      dimension('users.user_id', 'Users', 'User ID', { type: 'string', primary_key: true }),
      ...flags.map((name, index) => dimension(name, 'Flags', `Feature ${index + 1}`)),
    ],
    measures: [],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const row: LookRow = { 'users.user_id': `u-${number}` }
      flags.forEach((name, index) => {
        row[name] = scramble(number * 151 + index) % 3 === 0 ? 'on' : 'off'
      })
      yield row
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users User ID', match_by: 'identity' },
}
