import type { LookField, LookRow, LookValue } from '../looker/look.ts'
import { dimension, measure, tableCalculation } from '../looker/look-fields.ts'
import { between, pick, sampleDate, scramble, TIERS } from '../looker/sample-values.ts'

/** A Look as a modeller might make it, who knows what a row is and which column says whom it is about. */
export type MadeLook = {
  what: string
  dimensions: LookField[]
  measures: LookField[]
  calculations: LookField[]
  rows: LookRow[]
  /** Null: a row is about no user and no account. */
  key: { column: string; propertyType: 'user' | 'account' } | null
  /** Says a tag, the primary key or the name which it is? Else nobody can know, and no suggestion is right. */
  evident: boolean
}

type Values = (row: number) => LookValue
type Made = { field: LookField; values: Values; isMeasure?: boolean }

type Names = readonly [[view: string, label: string], ...[view: string, label: string][]]

/** What models call people, and companies. */
const PEOPLE: Names = [
  ['users', 'Users'],
  ['customers', 'Customers'],
  ['dim_customer', 'Customer'],
  ['crm_contacts', 'CRM Contacts'],
  ['members', 'Members'],
  ['app_users', 'App Users'],
  ['stg_subscribers', 'Subscribers'],
]
const COMPANIES: Names = [
  ['accounts', 'Accounts'],
  ['companies', 'Companies'],
  ['dim_organization', 'Organization'],
  ['tenants', 'Tenants'],
  ['crm_accounts', 'CRM Accounts'],
  ['workspaces', 'Workspaces'],
]
/** What else there are Looks of. */
const THINGS: Names = [
  ['products', 'Products'],
  ['orders', 'Orders'],
  ['order_items', 'Order Items'],
  ['campaigns', 'Campaigns'],
  ['sessions', 'Sessions'],
  ['user_events', 'User Events'],
  ['support_tickets', 'Support Tickets'],
  ['invoices', 'Invoices'],
  ['stores', 'Stores'],
  ['account_plans', 'Account Plans'],
  ['email_templates', 'Email Templates'],
]

/** Columns beside the key. Some are unique by chance, some are called nearly like a key. */
function distractors(view: string, label: string, seed: number): Made[] {
  const of = (name: string, short: string, values: Values, more: Partial<LookField> = {}): Made => ({
    field: dimension(`${view}.${name}`, label, short, more),
    values,
  })
  const amount = (name: string, short: string, values: Values, more: Partial<LookField> = {}): Made => ({
    field: measure(`${view}.${name}`, label, short, more),
    values,
    isMeasure: true,
  })
  const all = [
    of('income', 'Income', (row) => 18_000 + row * 37, { type: 'number' }),
    of('ltv_tier', 'LTV Tier', (row) => pick(TIERS, row + seed)),
    of('created_date', 'Created Date', (row) => sampleDate(row * 31 + seed), { type: 'date_date' }),
    of(
      'created_time',
      'Created Time',
      (row) => `2026-03-05 ${String(row % 24).padStart(2, '0')}:${String(row % 60).padStart(2, '0')}:00`,
      { type: 'date_time' },
    ),
    of('is_beta', 'Is Beta (Yes / No)', (row) => (row % 2 ? 'Yes' : 'No'), { type: 'yesno' }),
    of('email_opt_in', 'Email Opt In', (row) => (row % 3 ? 'yes' : 'no')),
    of('email_domain', 'Email Domain', (row) => `company-${row}.example.com`),
    of('manager_email', 'Manager Email', (row) => `boss-${row}@example.com`, { tags: ['email'] }),
    of('account_owner_email', 'Account Owner Email', (row) => `owner-${row}@example.com`),
    of('full_name', 'Full Name', (row) => `Person Number ${row}`),
    of('notes', 'Notes', (row) => `A note about number ${row}`),
    of('user_agent', 'User Agent', (row) => `Mozilla/5.0 (build ${row})`),
    of('zip', 'Zip', (row) => 10_000 + row, { type: 'zipcode' }),
    of('score', 'Score', (row) => row / 7, { type: 'number' }),
    of('last_session_id', 'Last Session ID', (row) => `s-${scramble(row)}`),
    of('user_group_id', 'User Group ID', (row) => `g-${row}`),
    of('shop_order_id', 'Last Order ID', (row) => 900_000 + row, { type: 'number' }),
    of('phone', 'Phone', (row) => `+1 555 ${String(row).padStart(4, '0')}`, { tags: ['phone'] }),
    amount('count', 'Count', (row) => row, { type: 'count' }),
    amount('lifetime_value', 'Lifetime Value', (row) => row * 12.5, { value_format: '$#,##0.00' }),
    amount('user_id_max', 'User ID', (row) => row, { type: 'max' }),
  ]
  return all.filter((_made, index) => scramble(seed * 101 + index) % 3 === 0)
}

type KeyMaker = { what: string; evident: boolean; make: (view: string, label: string) => Made }

const email: Values = (row) => `person.${row}@example.com`
const id: Values = (row) => 4_000 + row
const uuid: Values = (row) => `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`

function key(
  what: string,
  name: string,
  short: string,
  values: Values,
  more: Partial<LookField> = {},
): KeyMaker {
  return {
    what,
    evident: true,
    make: (view, label) => ({ field: dimension(`${view}.${name}`, label, short, more), values }),
  }
}

const PEOPLE_KEYS: readonly [KeyMaker, ...KeyMaker[]] = [
  key('a tagged email', 'email', 'Email', email, { tags: ['email'] }),
  key('an email by its name', 'email_address', 'E-Mail Address', email),
  key('an email under a short name', 'mail', 'Email', email),
  key('a user ID that is the primary key', 'user_id', 'User ID', id, { type: 'number', primary_key: true }),
  key('an ID by its view', 'id', 'ID', uuid),
  key('a tagged handle', 'handle', 'Handle', (row) => `h${row}`, { tags: ['user_id'] }),
  key('a primary key of no telling name', 'crm_reference', 'CRM Reference', uuid, { primary_key: true }),
  key('an identity', 'heap_identity', 'Heap Identity', email),
  { ...key('what nobody can tell', 'reference', 'Reference', uuid), evident: false },
]
const COMPANY_KEYS: readonly [KeyMaker, ...KeyMaker[]] = [
  key('an account ID', 'account_id', 'Account ID', (row) => `acc-${row}`),
  key('an ID by its view', 'id', 'ID', id, { type: 'number', primary_key: true }),
  key('a tagged number', 'customer_no', 'Number', (row) => `C${row}`, { tags: ['account_id'] }),
  key('a primary key of no telling name', 'slug', 'Slug', (row) => `company-${row}`, { primary_key: true }),
  { ...key('what nobody can tell', 'domain', 'Domain', (row) => `company-${row}.com`), evident: false },
]

/** Looks alike for the same number. Every third one has no key. */
export function madeLook(number: number): MadeLook {
  const seed = scramble(number * 7_919)
  const rows = between(12, 500, seed)
  const kind = number % 3 === 0 ? 'things' : number % 3 === 1 ? 'people' : 'companies'
  if (kind === 'things') return thingsLook(seed, rows)
  const [view, label] = kind === 'people' ? pick(PEOPLE, seed + 1) : pick(COMPANIES, seed + 1)
  const maker = kind === 'people' ? pick(PEOPLE_KEYS, seed + 2) : pick(COMPANY_KEYS, seed + 2)
  const made = maker.make(view, label)
  const joined = kind === 'people' ? joinedAccount(seed) : []
  return {
    ...assemble(
      `${kind} (${view}) by ${maker.what}`,
      [made, ...joined, ...distractors(view, label, seed)],
      seed,
      rows,
    ),
    key: { column: made.field.name, propertyType: kind === 'people' ? 'user' : 'account' },
    evident: maker.evident,
  }
}

/** People of companies: several of each, so the company's ID is no key of theirs. */
function joinedAccount(seed: number): Made[] {
  if (scramble(seed + 5) % 2 === 0) return []
  const field = dimension('accounts.account_id', 'Accounts', 'Account ID', {})
  return [{ field, values: (row) => `acc-${Math.floor(row / 3)}` }]
}

function thingsLook(seed: number, rows: number): MadeLook {
  const [view, label] = pick(THINGS, seed + 3)
  const own: Made[] = [
    { field: dimension(`${view}.id`, label, 'ID', { type: 'number', primary_key: true }), values: id },
    { field: dimension(`${view}.name`, label, 'Name'), values: (row) => `Number ${row}` },
  ]
  const made = [
    ...own.filter((_made, index) => scramble(seed + index) % 3 > 0),
    ...distractors(view, label, seed),
  ]
  const columns = made.length > 0 ? made : own
  return { ...assemble(`things (${view})`, columns, seed, rows), key: null, evident: true }
}

function assemble(what: string, made: readonly Made[], seed: number, rowCount: number) {
  const dimensions = made.filter(({ isMeasure }) => !isMeasure)
  // Where the key stands among the columns says nothing.
  const shuffled = dimensions
    .map((entry, index) => ({ entry, rank: scramble(seed * 31 + index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry.field)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Looker refers to a field
  const calculation = tableCalculation('user_id_copy', 'User ID', '${users.id}')
  const calculations = scramble(seed + 9) % 4 === 0 ? [calculation] : []
  const rows = Array.from({ length: rowCount }, (_, row) => ({
    ...Object.fromEntries(made.map(({ field, values }) => [field.name, values(row)])),
    ...(calculations.length > 0 ? { user_id_copy: row } : {}),
  }))
  return {
    what,
    dimensions: shuffled,
    measures: made.filter(({ isMeasure }) => isMeasure).map(({ field }) => field),
    calculations,
    rows,
  }
}
