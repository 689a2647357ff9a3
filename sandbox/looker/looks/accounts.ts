import type { Look } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { between, pick, TIERS } from '../sample-values.ts'

const ROWS = 500

export const accounts: Look = {
  id: '3',
  title: 'Accounts',
  explanation: '500 companies with their contract, to be imported as accounts.',
  fields: {
    dimensions: [
      dimension('accounts.account_id', 'Accounts', 'Account ID', { primary_key: true }),
      dimension('accounts.plan', 'Accounts', 'Plan'),
      dimension('accounts.sso', 'Accounts', 'Single Sign-On (Yes / No)', { type: 'yesno' }),
    ],
    measures: [
      measure('contracts.arr', 'Contracts', 'ARR', { value_format: '$#,##0' }),
      measure('contracts.seats', 'Contracts', 'Seats', { type: 'max' }),
    ],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      yield {
        'accounts.account_id': `account-${number}`,
        'accounts.plan': pick(TIERS, number),
        'accounts.sso': number % 3 === 0 ? 'Yes' : 'No',
        'contracts.arr': between(0, 400, number * 3) * 1_000,
        'contracts.seats': between(1, 900, number * 5),
      }
    }
  },
  suggestedParams: {
    env_id: '11',
    property_type: 'account',
    heap_field: 'Accounts Account ID',
    dry_run: 'no',
  },
}
