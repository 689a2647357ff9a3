import type { Look } from '../look.ts'
import { CRM_FIELDS, crmRow } from './crm-users.ts'

type Defect = 'duplicate' | 'too long' | 'placeholder' | 'missing'

const ROWS = 10_000

const LONG_KEY = `${'x'.repeat(250)}@example.com`

/** Row number (from 1) -> what is wrong with its join key, and the key that stands there. */
const KNOWN_DEFECTS: ReadonlyMap<number, { defect: Defect; key: string | null }> = new Map([
  [17, { defect: 'duplicate', key: crmRow(3)['users.email'] as string }],
  [501, { defect: 'duplicate', key: crmRow(500)['users.email'] as string }],
  [502, { defect: 'duplicate', key: crmRow(500)['users.email'] as string }],
  [1_001, { defect: 'duplicate', key: crmRow(1)['users.email'] as string }],
  [4_444, { defect: 'duplicate', key: crmRow(4_443)['users.email'] as string }],
  [9_999, { defect: 'duplicate', key: ` ${crmRow(42)['users.email'] as string} ` }],
  [10_000, { defect: 'duplicate', key: crmRow(1)['users.email'] as string }],
  [203, { defect: 'too long', key: LONG_KEY }],
  [2_999, { defect: 'too long', key: `second-${LONG_KEY}` }],
  [7_000, { defect: 'too long', key: `third-${LONG_KEY}` }],
  [5, { defect: 'missing', key: null }],
  [1_000, { defect: 'missing', key: '' }],
  [5_050, { defect: 'missing', key: '   ' }],
  [8_001, { defect: 'missing', key: null }],
  [88, { defect: 'placeholder', key: 'null' }],
  [89, { defect: 'placeholder', key: 'N/A' }],
  [3_210, { defect: 'placeholder', key: 'undefined' }],
  [6_543, { defect: 'placeholder', key: 'Anonymous' }],
  [9_000, { defect: 'placeholder', key: 'UNKNOWN' }],
])

/** What is wrong with a row, by its number from 1; undefined: nothing. */
export function knownDefect(rowNumber: number): Defect | undefined {
  return KNOWN_DEFECTS.get(rowNumber)?.defect
}

/** How many rows have which defect: the counts that an import of the Look must report. */
export function knownDefectCounts(): Record<Defect, number> {
  const counts = { duplicate: 0, 'too long': 0, placeholder: 0, missing: 0 }
  for (const { defect } of KNOWN_DEFECTS.values()) counts[defect] += 1
  return counts
}

export const crmUsersWithDefects: Look = {
  id: '2',
  title: 'CRM users with known defects',
  explanation:
    '10,000 rows: 7 duplicate keys, 3 keys too long, 5 placeholders instead of a key, 4 without a key; 9,981 should reach Heap.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const known = KNOWN_DEFECTS.get(number)
      yield known ? { ...crmRow(number), 'users.email': known.key } : crmRow(number)
    }
  },
  suggestedParams: {
    env_id: '11',
    property_type: 'user',
    heap_field: 'Users Email',
    max_rejected_percent: '1',
  },
}
