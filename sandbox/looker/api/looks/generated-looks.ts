import type { Look } from '../../look.ts'
import { CRM_FIELDS, crmRow } from '../../looks/crm-users.ts'
import { between, pick } from '../../sample-values.ts'

/** So many Looks besides the samples, since a large instance has thousands. */
export const GENERATED_LOOKS = 10_000

/** Sample Looks have the ids before it. */
const FIRST_ID = 101

const SUBJECTS = [
  'Customer health',
  'Lifetime value',
  'Newsletter readers',
  'Trial accounts',
  'Support tickets',
  'Feature adoption',
  'Churn risk',
  'Renewals',
  'Signups',
  'Order history',
] as const

const AREAS = ['EMEA', 'North America', 'APAC', 'Brazil', 'Nordics', 'DACH', 'All regions'] as const

const PERIODS = ['weekly', 'monthly', 'this quarter', 'last year', 'since launch', '2026'] as const

/** A Look with one of many titles and a few rows; the same for the same number. */
export function generatedLook(number: number): Look {
  const rows = between(20, 700, number * 3)
  const title = `${pick(SUBJECTS, number)} ${pick(AREAS, number * 5)} ${pick(PERIODS, number * 11)} ${number}`
  return {
    id: String(FIRST_ID + number),
    title,
    explanation: `${rows} people, made up: one of ${GENERATED_LOOKS.toLocaleString('en-US')} Looks that make the list long.`,
    fields: CRM_FIELDS,
    timezone: 'UTC',
    rowCount: rows,
    *rows() {
      for (let row = 1; row <= rows; row += 1) yield crmRow(number * 1_000 + row)
    },
    suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
  }
}
