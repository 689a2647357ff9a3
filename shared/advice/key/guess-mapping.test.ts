import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAdvised } from '../../testing/advised.ts'
import { aColumn } from '../../testing/columns.ts'
import type { AdvisedColumn } from '../advised-column.ts'
import { guessMapping, suggestKey } from './guess-mapping.ts'

const ROWS = Array.from({ length: 40 }, (_, row) => row)
const addresses = ROWS.map((row) => `${row}@example.com`)

const email = anAdvised('users.email', 'Users Email', addresses)
const id = anAdvised('users.id', 'Users ID', ROWS, { type: 'number' })
const income = anAdvised('users.income', 'Users Income', ROWS, { type: 'number' })
const tier = anAdvised(
  'users.tier',
  'Users LTV Tier',
  ROWS.map((row) => `T${row % 4}`),
)
const accountId = anAdvised(
  'accounts.account_id',
  'Accounts Account ID',
  ROWS.map((row) => `acc-${row}`),
)
const ownerEmail = anAdvised('accounts.owner_email', 'Accounts Owner Email', addresses, { tags: ['email'] })

const suggested = (columns: AdvisedColumn[], type: 'user' | 'account' = 'user') =>
  suggestKey(columns, type)?.column.name ?? null

describe('the join key', () => {
  test('of users is an email address before an ID', () => {
    expect(suggested([tier, id, email])).toBe('users.email')
    expect(suggestKey([email], 'user')?.reasons).toEqual(['it is called an email address'])
  })

  test('is not what happens to be unique', () => {
    expect(suggested([income, tier])).toBeNull()
  })

  test('of accounts is the account ID, and the address of somebody there is none', () => {
    expect(suggested([ownerEmail, accountId], 'account')).toBe('accounts.account_id')
    expect(suggested([ownerEmail, accountId], 'user')).toBeNull()
  })

  test('is known by its tag and by the primary key', () => {
    const handle = anAdvised('users.handle', 'Users Handle', ROWS, { tags: ['user_id'], primaryKey: true })
    expect(suggestKey([handle, id], 'user')).toEqual({
      column: handle.column,
      reasons: ['the model tags it "user_id"', 'it is the primary key of its users'],
    })
  })

  test('is the one with good values, of two', () => {
    const sparse = anAdvised('users.email', 'Users Email', [null, null, null, 'a@x', 'b@x', 'c@x'])
    const numbers = anAdvised('users.id', 'Users ID', [1, 2, 3, 4, 5, 6])
    expect(suggested([sparse, numbers])).toBe('users.id')
    expect(suggested([sparse])).toBe('users.email')
  })

  test('may be called so where there are no rows', () => {
    expect(suggested([anAdvised('users.email', 'Users Email', [])])).toBe('users.email')
  })

  test('is no column called Email that says whether somebody gets any', () => {
    expect(
      suggested([
        anAdvised(
          'users.email',
          'Users Email',
          ROWS.map((row) => `list ${row}`),
        ),
      ]),
    ).toBeNull()
  })

  test('of a company is no person, and the other way round', () => {
    expect(suggested([anAdvised('accounts.user_id', 'Accounts User ID', ROWS)])).toBeNull()
    expect(suggested([anAdvised('users.account_id', 'Users Account ID', ROWS)], 'account')).toBeNull()
  })

  test('is never a measure, a date, money, a pivot or a column of few values, even with a tag', () => {
    const tags = ['user_id']
    const never = [
      anAdvised('users.id', 'Users ID', ROWS, { tags, kind: 'measure' }),
      anAdvised('users.id', 'Users ID', ROWS, { tags, kind: 'table_calculation' }),
      anAdvised('users.id', 'Users ID', ROWS, { tags, type: 'date_time' }),
      anAdvised('users.income', 'Users Income', ROWS, { tags }),
      anAdvised('users.id', 'Users ID', ROWS, { tags, valueFormat: '$#,##0' }),
      anAdvised(
        'users.id',
        'Users ID',
        ROWS.map((row) => row / 4),
        { tags },
      ),
      anAdvised(
        'users.id',
        'Users ID',
        ROWS.map((row) => row % 4),
        { tags },
      ),
      { ...id, column: aColumn({ ...id.column, pivot: { key: '2024', label: '2024' } }) },
    ]
    for (const column of never) expect(suggested([column])).toBeNull()
  })
})

describe('whom a row is about', () => {
  const guessed = (columns: AdvisedColumn[]) => guessMapping(columns)?.propertyType ?? null

  test('a Look of accounts is not offered as users', () => {
    expect(guessMapping([accountId, ownerEmail, tier])).toMatchObject({
      propertyType: 'account',
      because: 'it has the column Accounts Account ID',
      key: { column: accountId.column },
    })
  })

  test('is a user where the account repeats', () => {
    const shared = anAdvised(
      'accounts.account_id',
      'Accounts Account ID',
      ROWS.map((row) => `a${row >> 1}`),
    )
    expect(guessed([shared, email])).toBe('user')
  })

  test('is what the primary key is of, where both are unique', () => {
    const keyed = anAdvised('accounts.id', 'Accounts ID', ROWS, { primaryKey: true })
    expect(guessed([email, keyed])).toBe('account')
  })

  test('is told by the names of most columns, where there is no key', () => {
    const plan = anAdvised('accounts.plan', 'Accounts Plan', ['a', 'b'])
    expect(guessMapping([plan])).toMatchObject({ propertyType: 'account', key: null })
    expect(guessMapping([anAdvised('orders.id', 'Orders ID', ROWS, { primaryKey: true })])).toBeNull()
  })
})

test('nothing is suggested of columns without a tag, a primary key or such a name, however unique', () => {
  const silent = fc.constantFrom('income', 'region', 'notes', 'full_name', 'device', 'plan', 'referrer')
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: silent, unique: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      (columns) => {
        const advised = columns.map(({ name, unique }) =>
          anAdvised(
            `users.${name}`,
            `Users ${name.replace('_', ' ')}`,
            ROWS.map((row) => (unique ? row : row % 3)),
          ),
        )
        expect(guessMapping(advised)?.key ?? null).toBeNull()
      },
    ),
  )
})

test('the order of the columns changes nothing', () => {
  const columns = [email, id, income, tier, ownerEmail]
  fc.assert(
    fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (shuffled) => {
      expect(guessMapping(shuffled)).toEqual(guessMapping(columns))
    }),
  )
})
