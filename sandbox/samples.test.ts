import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExpectedEntities } from './expectation.ts'
import { expectEntities, findDifferences } from './expectation.ts'
import { importOnce } from './import-once.ts'
import type { DeliverOptions } from './looker/delivering/deliver.ts'
import type { Look } from './looker/look.ts'
import { accounts } from './looker/looks/accounts.ts'
import { crmIds } from './looker/looks/crm-ids.ts'
import { crmUsers } from './looker/looks/crm-users.ts'
import { duplicateKeys } from './looker/looks/duplicate-keys.ts'
import { empty } from './looker/looks/empty.ts'
import { emptyKeys } from './looker/looks/empty-keys.ts'
import { failingSql } from './looker/looks/failing-sql.ts'
import { formattedCells } from './looker/looks/formatted-cells.ts'
import { hiddenColumn } from './looker/looks/hidden-column.ts'
import { pivotedOrders } from './looker/looks/pivoted-orders.ts'
import { sameLabel } from './looker/looks/same-label.ts'
import { slow } from './looker/looks/slow.ts'
import { withTableCalculation } from './looker/looks/table-calculation.ts'
import { lastSeen, times } from './looker/looks/times.ts'
import { troubledNames } from './looker/looks/troubled-names.ts'
import { UNUSUAL_VALUES, unusualJoinKey, unusualValues } from './looker/looks/unusual-values.ts'
import { wide } from './looker/looks/wide.ts'
import { SAMPLE_LOOKS } from './looker/looks.ts'
import { readReportedCounts } from './reported-counts.ts'
import type { Stack } from './stack.ts'
import { startStack } from './stack.ts'

// Every sample Look through the real server, compared with what its own rows make expect.

let stack: Stack
let environments = 1_000

beforeAll(async () => {
  stack = await startStack({
    looks: SAMPLE_LOOKS.map((look) =>
      look === slow ? { ...slow, slow: { firstByteSeconds: 2, pauseMilliseconds: 20 } } : look,
    ),
  })
}, 120_000)

afterAll(() => stack?.close())

async function send(look: Look, options: DeliverOptions = {}, params: Record<string, string> = {}) {
  environments += 1
  const environmentId = String(environments)
  const formParams: Record<string, string> = { ...look.suggestedParams, env_id: environmentId, ...params }
  const record = await stack.looker.deliver(look.id, formParams, options)
  const held = stack.heap[formParams.property_type === 'account' ? 'accounts' : 'users'](environmentId)
  return { record, held, counts: readReportedCounts(record.message) }
}

describe('a Look without defects', () => {
  it.each([
    [crmUsers.title, crmUsers, 'users.email'],
    [accounts.title, accounts, 'accounts.account_id'],
    [withTableCalculation.title, withTableCalculation, 'users.email'],
    [wide.title, wide, 'users.user_id'],
    [hiddenColumn.title, hiddenColumn, 'users.email'],
    [slow.title, slow, 'users.email'],
  ])('stands in Heap as a whole: %s', async (_title, look, joinKey) => {
    const { record, held, counts } = await send(look)
    expect(record).toMatchObject({ status: 'success', rowsSent: look.rowCount, downloads: 1 })
    expect(counts).toMatchObject({ received: look.rowCount, delivered: look.rowCount })
    expect(findDifferences(held, expectEntities(look, joinKey))).toEqual([])
  })

  it.each<[string, DeliverOptions]>([
    ['pushed', { mode: 'push' }],
    ['in json_detail', { format: 'json_detail' }],
    ['with the head after the data', { headAfterData: true }],
    [
      'pushed in json_detail with the head after the data',
      { mode: 'push', format: 'json_detail', headAfterData: true },
    ],
  ])('stands in Heap as a whole %s', async (_how, options) => {
    const { record, held } = await send(accounts, options)
    expect(record.status).toBe('success')
    expect(findDifferences(held, expectEntities(accounts, 'accounts.account_id'))).toEqual([])
  })

  it('changes nothing in a dry run', async () => {
    const { record, held } = await send(accounts, {}, { dry_run: 'yes' })
    expect(record).toMatchObject({ status: 'success', rowsSent: 500 })
    expect(held.size).toBe(0)
  })
})

it('counts known defects and imports the rest', async () => {
  const { agrees, lines } = await importOnce(stack)
  expect(lines.join('\n')).toContain('received 10,000 = delivered 9,981 + rejected 15 + skipped 4')
  expect(agrees).toBe(true)
})

it('makes a property of each pivot value and of the row total', async () => {
  const { record, held } = await send(pivotedOrders)
  expect(record.status).toBe('success')
  expect(held.size).toBe(pivotedOrders.rowCount)
  for (const row of pivotedOrders.rows()) {
    const expected: Record<string, unknown> = {}
    for (const [name, label] of [
      ['orders.count', 'Orders Count'],
      ['orders.revenue', 'Orders Revenue'],
    ] as const) {
      for (const [key, value] of Object.entries(row[name] as Record<string, number | null>)) {
        const shown = key === '$$$_row_total_$$$' ? 'Row Total' : key
        if (value !== null) expected[`${label} - ${shown}`] = value
      }
    }
    expect({ ...held.get(String(row['users.email'])) }).toEqual(expected)
  }
})

it('loses no value on the way', async () => {
  const { record, held } = await send(unusualValues)
  expect(record.status).toBe('success')
  for (const { key, number, text } of UNUSUAL_VALUES) {
    const { 'Facts Number': heldNumber, 'Facts Text': heldText } = held.get(unusualJoinKey(key)) ?? {}
    if (typeof number === 'number') expect(heldNumber).toBe(number)
    else
      expect(heldNumber === undefined ? null : String(heldNumber)).toBe(
        number === null ? null : String(number),
      )
    expect(heldText).toBe(text === null ? undefined : [...String(text)].slice(0, 1_023).join(''))
  }
})

it('sends times with the offset of the time zone', async () => {
  const { record, held } = await send(times)
  expect(record.status).toBe('success')
  for (let number = 0; number < times.rowCount; number += 1) {
    const user = held.get(`traveller-${number}@example.com`) ?? {}
    expect(user['Users Last Seen Time']).toMatch(/^2026-03-\d\dT\d\d:30:59-0[45]:00$/)
    expect(Date.parse(String(user['Users Last Seen Time']))).toBe(lastSeen(number).getTime())
    expect(user['Users Last Seen Date']).toMatch(/^2026-03-\d\d$/)
    expect(user['Users Last Seen Year']).toBe(2026)
  }
})

it('takes the text out of formatted cells', async () => {
  const { record, held } = await send(formattedCells)
  expect(record.status).toBe('success')
  for (const { 'Orders Revenue': revenue } of held.values()) expect(revenue).toMatch(/^\$[\d,]+\.50$/)
  expect(held.size).toBe(formattedCells.rowCount)
})

it.each([
  ['duplicate keys', duplicateKeys, { delivered: 300, rejected: 300, skipped: 0 }],
  ['keys that are missing', emptyKeys, { delivered: 60, rejected: 60, skipped: 180 }],
])('counts %s', async (_what, look, expected) => {
  const { counts, held } = await send(look, {}, { max_rejected_percent: '100' })
  expect(counts).toEqual({ received: look.rowCount, ...expected })
  expect(held.size).toBe(expected.delivered)
})

it('refuses a name that Heap refuses until the column is left out', async () => {
  const { record: refused } = await send(troubledNames, {}, { property_names: '' })
  expect(refused).toMatchObject({ status: 'failure', message: expect.stringContaining('users.id') })
  const { record, held } = await send(troubledNames)
  expect(record.status).toBe('success')
  expect(held.get('customer-1@example.com')).toMatchObject({
    Plan: expect.any(String),
    plan: expect.any(String),
  })
})

it.each([
  ['create', '201'],
  ['ignore', '202'],
] as const)(
  "matches users by the property of Heap's set-up, where an unknown key is to %s",
  async (unknownKeys, environmentId) => {
    stack.heap.changeSetUp({ matchProperty: 'CRM Number', unknownKeys })
    const expected: ExpectedEntities = new Map()
    for (const [number, properties] of expectEntities(crmIds, 'users.crm_number')) {
      const isKnown = expected.size < 200
      const known = { 'CRM Number': number }
      const key = isKnown ? `person of ${number}` : `CRM Number=${number}`
      if (isKnown) stack.heap.identify({ environmentId, identity: key, properties: known })
      else if (unknownKeys === 'ignore') continue
      const texts = Object.entries(properties).map(([name, value]) => [name, String(value)])
      expected.set(key, { ...known, ...Object.fromEntries(texts) })
    }
    const { record, counts } = await send(crmIds, {}, { env_id: environmentId })
    expect(record.status).toBe('success')
    expect(counts).toMatchObject({ received: 250, delivered: 250 })
    expect(findDifferences(stack.heap.users(environmentId), expected)).toEqual([])
  },
)

it('reports a Look without rows as a success', async () => {
  const { record, held } = await send(empty)
  expect(record).toMatchObject({ status: 'success', message: expect.stringContaining('no rows') })
  expect(held.size).toBe(0)
})

describe('a delivery that must not reach Heap', () => {
  it.each<[string, Look, DeliverOptions, RegExp]>([
    ['two columns of one label', sameLabel, {}, /Users Tier.*users\.tier.*users\.support_tier/],
    ['a failed query', failingSql, {}, /Unrecognized name/],
    ['a log-in page', accounts, { fault: { kind: 'html' } }, /./],
    ['status 500', accounts, { fault: { kind: 'status', status: 500 } }, /500/],
    ['neither rows nor a URL', accounts, { withoutRows: true }, /./],
  ])('is reported as a failure: %s', async (_what, look, options, message) => {
    const { record, held } = await send(look, options)
    expect(record).toMatchObject({ status: 'failure', message: expect.stringMatching(message) })
    expect(record.message).not.toMatch(/could not be executed|did not answer/)
    expect(held.size).toBe(0)
  })

  it.each<[string, DeliverOptions]>([
    ['ends early', { fault: { kind: 'truncated', afterRows: 3_000 } }],
    ['is cut off', { fault: { kind: 'reset', afterRows: 3_000 } }],
  ])('is reported as a failure when the download %s', async (_what, options) => {
    const { record } = await send(crmUsers, options)
    expect(record.status).toBe('failure')
    expect(record.message).not.toMatch(/could not be executed|did not answer/)
  })
})
