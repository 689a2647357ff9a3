import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HeapSetUp } from '../../sandbox/heap/heap-set-up.ts'
import type { HeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { dimension, measure, sampleLook } from '../testing/sample-look.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'

// A schedule that was made for Heap's own action and is run by ours leaves Heap as Heap's own requests would.
// Those are written down here as Heap's action sends them (heap/actions, heap.ts): every key in the slot
// `email`, property names the labels, the key column left out, all values as text.

// What the two actions agree on: the action of Heap's lost zeros, signs, `false` and the dots of exponents.
const ROWS = [
  { key: '7', plan: 'Pro', seats: 12 },
  { key: '8', plan: 'Free', seats: 1.5 },
  { key: '9', plan: 'Trial', seats: 2 },
]
const SENT = [
  ['7', { 'Users Plan': 'Pro', 'Orders Seats': '12' }],
  ['8', { 'Users Plan': 'Free', 'Orders Seats': '1.5' }],
  ['9', { 'Users Plan': 'Trial', 'Orders Seats': '2' }],
] as const

/** Nobody has the CRM ID 9; that of the first stands as a number. */
const KNOWN = [
  { environmentId: '11', identity: 'ann', properties: { 'CRM ID': 7, 'Users Plan': 'Old' } },
  { environmentId: '11', identity: 'bob', properties: { 'CRM ID': '8', Other: 'stays' } },
]

function lookOf(rows: readonly { key: string; plan: string | boolean; seats: number }[]) {
  return sampleLook({
    fields: {
      dimensions: [dimension('users.crm_id'), dimension('users.plan')],
      measures: [measure('orders.seats')],
      pivots: [],
      table_calculations: [],
    },
    rows: () =>
      rows.map(({ key, plan, seats }) => ({
        'users.crm_id': key,
        'users.plan': plan,
        'orders.seats': seats,
      })),
  })
}

const LOOK = lookOf(ROWS)
const MADE_FOR_HEAP = { env_id: '11', heap_field: LOOK.fields.dimensions[0]!.label }

const plain = (entities: ReadonlyMap<string, object>) =>
  Object.fromEntries([...entities].map(([key, properties]) => [key, { ...properties }]))

describe.each(['create', 'ignore'] satisfies HeapSetUp['unknownKeys'][])(
  "a schedule made for Heap's own action, where an unknown key is to %s",
  (unknownKeys) => {
    const heapOptions = { known: KNOWN, setUp: { matchProperty: 'CRM ID', unknownKeys } }
    let database: TestDatabase
    let bench: TestBench
    let reference: HeapStandIn
    let referenceUrl = ''

    beforeAll(async () => {
      database = await ENGINES[0]!.createDatabase()
      bench = await createTestBench({ database, heap: heapOptions })
      reference = createHeapStandIn(heapOptions)
      referenceUrl = await reference.listen()
    })
    beforeEach(() => {
      bench.heap.reset()
      reference.reset()
    })
    afterAll(async () => {
      await bench?.close()
      await reference?.close()
      await database?.remove()
    })

    async function asHeapDoes(path: string, body: object): Promise<void> {
      const answer = await fetch(referenceUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ app_id: '11', library: 'looker', ...body }),
      })
      expect(answer.status).toBe(200)
    }

    test('leaves users as Heap’s own requests would', async () => {
      await asHeapDoes('/api/integrations/add_user_properties', {
        users: SENT.map(([email, properties]) => ({ user_identifier: { email }, properties })),
      })
      const record = await bench.looker.deliver(LOOK, { ...MADE_FOR_HEAP, property_type: 'user' })
      expect(record.status).toBe('success')
      expect(plain(bench.heap.users('11'))).toEqual(plain(reference.users('11')))
      expect(bench.heap.environments()).toEqual(reference.environments())
      expect(bench.heap.requests().paths).toEqual(reference.requests().paths)
      // And not only the same: what the analyst wanted.
      expect(plain(bench.heap.users('11'))).toMatchObject({
        ann: { 'CRM ID': 7, 'Users Plan': 'Pro', 'Orders Seats': '12' },
        bob: { 'CRM ID': '8', Other: 'stays', 'Users Plan': 'Free', 'Orders Seats': '1.5' },
      })
      expect(bench.heap.users('11').size).toBe(unknownKeys === 'create' ? 3 : 2)
    })

    test('leaves accounts as Heap’s own requests would', async () => {
      await asHeapDoes('/api/add_account_properties', {
        accounts: SENT.map(([account_id, properties]) => ({ account_id, properties })),
      })
      const record = await bench.looker.deliver(LOOK, { ...MADE_FOR_HEAP, property_type: 'account' })
      expect(record.status).toBe('success')
      expect(plain(bench.heap.accounts('11'))).toEqual(plain(reference.accounts('11')))
      expect(bench.heap.requests().paths).toEqual(reference.requests().paths)
      expect(plain(bench.heap.accounts('11'))).toEqual(Object.fromEntries(SENT))
    })

    test('brings zeros, signs, exponents and false, which Heap’s own action lost', async () => {
      const look = lookOf([
        { key: '7', plan: false, seats: 0 },
        { key: '8', plan: '-', seats: -12.5 },
        { key: '9', plan: true, seats: 1.5e-7 },
      ])
      const record = await bench.looker.deliver(look, { ...MADE_FOR_HEAP, property_type: 'user' })
      expect(record.status).toBe('success')
      expect(plain(bench.heap.users('11'))).toMatchObject({
        ann: { 'Users Plan': 'false', 'Orders Seats': '0' },
        bob: { 'Users Plan': '-', 'Orders Seats': '-12.5' },
        ...(unknownKeys === 'create'
          ? { 'CRM ID=9': { 'Users Plan': 'true', 'Orders Seats': '1.5e-7' } }
          : {}),
      })
    })

    test('set to match by what Heap’s set-up says, it does the same', async () => {
      await bench.looker.deliver(LOOK, { ...MADE_FOR_HEAP, property_type: 'user' })
      const before = plain(bench.heap.users('11'))
      const own = { property_type: 'user', match_by: 'heap_setup', dry_run: 'no' }
      bench.heap.reset()
      await bench.looker.deliver(LOOK, { ...MADE_FOR_HEAP, ...own })
      expect(plain(bench.heap.users('11'))).toEqual(before)
    })

    test('set to match by identity, every key that is none makes a ghost, and Looker is told success', async () => {
      const own = { property_type: 'user', match_by: 'identity' }
      const record = await bench.looker.deliver(LOOK, { ...MADE_FOR_HEAP, ...own })
      expect(record.status).toBe('success')
      expect(bench.heap.environments()).toEqual([{ id: '11', users: 5, ghosts: 3, accounts: 0, ignored: 0 }])
      expect(plain(bench.heap.users('11'))).toMatchObject({ 9: { 'Orders Seats': 2 } })
    })

    test.each([
      [{ match_by: 'CRM ID' }, /Match by is either identity .* or heap_setup/],
      [{ join_property: 'CRM ID', dry_run: 'no' }, /join_property.*extension.*match_by/],
      [{ sync_id: 'short' }, /16 to 64/],
    ])('with %j nothing is sent', async (own, message) => {
      const params = { ...MADE_FOR_HEAP, property_type: 'user', ...own }
      const record = await bench.looker.deliver(LOOK, params)
      expect(record).toMatchObject({ status: 'failure', message: expect.stringMatching(message) })
      expect(bench.heap.requests().requests).toBe(0)
    })
  },
)
