import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { TestContext } from 'vitest'
import { describe, expect, test } from 'vitest'
import type { DeliveryRecord } from '../../sandbox/looker/delivering/delivery-record.ts'
import type { Look } from '../../sandbox/looker/look.ts'
import { createProxiedDatabase } from '../testing/proxied-database.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import type { ConnectionFault } from '../testing/tcp-proxy.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

type OnTestFinished = TestContext['onTestFinished']

const ROWS = 3_000

/** Short, so that a mute connection costs seconds; a false alarm of a slow machine is one more fault. */
const TIMING = { statementMs: 3_000, connectMs: 3_000, idleTransactionMs: 2_000 }

async function createSickBench(onTestFinished: OnTestFinished, databaseTiming = {}) {
  const database = await createProxiedDatabase()
  onTestFinished(database.remove)
  const bench = await createTestBench({
    database,
    environment: { HEAP_BATCH_SIZE: '100' },
    looks: [
      ...['11', '12', '13'].map((id) => look(id, id)),
      look('slow', '14', { slow: { firstByteSeconds: 0, pauseMilliseconds: 2_000 } }),
    ],
    app: { databaseTiming: { ...TIMING, ...databaseTiming } },
  })
  onTestFinished(bench.close)
  return { bench, database }
}

function look(id: string, env_id: string, more: Partial<Look> = {}): Look {
  const suggestedParams = { env_id, property_type: 'user', heap_field: 'Users Email', match_by: 'identity' }
  return sampleLook({ id, rows: () => users(ROWS), suggestedParams, ...more })
}

const expectedUsers = [...users(ROWS)].map((row) => [
  row['users.email'],
  { 'Users Plan': row['users.plan'], 'Orders Ltv': row['orders.ltv'] },
])

/** Every row counted once, and Heap's state is that of the Look. */
async function expectNothingLost(bench: TestBench, directUrl: string, environments: string[]) {
  const client = new pg.Client(directUrl)
  await client.connect()
  try {
    await waitFor(
      async () => {
        const open = await client.query("select 1 from imports where state <> 'finished'")
        return open.rowCount === 0
      },
      'all imports to finish',
      120_000,
    )
    const { rows } = await client.query(
      'select environment_id, received, delivered, rejected, skipped, superseded, failure from imports order by 1',
    )
    expect(rows).toEqual(
      environments.map((environment_id) => ({
        environment_id,
        received: ROWS,
        delivered: ROWS,
        rejected: 0,
        skipped: 0,
        superseded: 0,
        failure: null,
      })),
    )
  } finally {
    await client.end()
  }
  for (const id of environments) {
    expect(new Map([...bench.heap.users(id)].map(([key, user]) => [key, { ...user }]))).toEqual(
      new Map(expectedUsers as [string, object][]),
    )
  }
}

function expectSuccess(records: readonly DeliveryRecord[]): void {
  for (const { status, message } of records) {
    expect({ status, message }).toEqual({
      status: 'success',
      message: expect.stringContaining('Imported 3,000 of 3,000 rows'),
    })
  }
}

/** One for every statement on the way of a row; `commit` is the last word of its transaction. */
const STATEMENTS: Record<string, RegExp> = {
  'open an import': /insert into imports[\s\S]*commit\0/,
  'look after rows that are held': /newer\.id in \(select import_id/,
  'ask for room': /sum\(octet_length\(payload\)\)/,
  'store rows': /set\s+received = received/,
  'commit stored rows': /set\s+received = received[\s\S]*commit\0/,
  'end reading': /warnings = \$3::jsonb/,
  'take jobs': /skip locked/i,
  'claim batches': /set state = 'sending', attempt/,
  'commit claimed batches': /set state = 'sending', attempt[\s\S]*commit\0/,
  'record outcomes': /set state = 'done', payload = null\s+from unnest/,
  'commit outcomes': /set state = 'done', payload = null\s+from unnest[\s\S]*commit\0/,
  'look at an import': /as "lastError" from imports where id/,
}

describe.concurrent('nothing is lost or counted twice when the database', () => {
  test.for<ConnectionFault>(['cut', 'answer lost', 'mute'])(
    'connection is struck at every kind of statement: %s',
    { timeout: 180_000 },
    async (fault, { onTestFinished }) => {
      const { bench, database } = await createSickBench(onTestFinished)
      const struck = Object.entries(STATEMENTS).map(async ([name, statement]) => {
        await database.proxy.befall(statement, fault)
        return name
      })
      const records = await Promise.all(['11', '12', '13'].map((id) => bench.looker.deliver(id)))
      expectSuccess(records)
      expect(await Promise.all(struck)).toEqual(Object.keys(STATEMENTS))
      await expectNothingLost(bench, database.directUrl, ['11', '12', '13'])
    },
  )

  test.for(['refuse', 'goMute'] as const)(
    'is away for a while: %s',
    { timeout: 180_000 },
    async (kind, { onTestFinished }) => {
      const { bench, database } = await createSickBench(onTestFinished)
      const ask = async (path: string) => (await fetch(bench.url + path)).status
      const delivery = bench.looker.deliver('11')
      await waitFor(() => bench.heap.users('11').size > 0, 'the first users')
      await database.proxy[kind]()
      await waitFor(async () => (await ask('/readyz')) === 503, 'the server to be unready')
      expect(await ask('/healthz')).toBe(200)
      expect(await ask('/')).toBe(503)
      const form = await fetch(`${bench.url}/actions/heap/form`, {
        method: 'POST',
        headers: { authorization: `Token token="${TOKEN}"` },
      })
      expect(form.status).toBe(200)
      expect(await form.json()).toEqual({ fields: [], error: expect.stringContaining('its database') })
      await sleep(3_000)
      await database.proxy.open()
      await waitFor(async () => (await ask('/readyz')) === 200, 'the server to be ready', 60_000)
      expectSuccess([await delivery])
      await expectNothingLost(bench, database.directUrl, ['11'])
    },
  )

  test('stays away: Looker gets a clear failure, and the import is closed later', {
    timeout: 180_000,
  }, async ({ onTestFinished }) => {
    const { bench, database } = await createSickBench(onTestFinished, { patienceMs: 2_000 })
    const before = bench.looker.deliver('slow')
    await waitFor(() => bench.heap.users('14').size > 0, 'the first users')
    await database.proxy.refuse()
    const duringOutage = bench.looker.deliver('12')
    for (const { status, message } of [await before, await duringOutage]) {
      expect(status).toBe('failure')
      expect(message).toContain('cannot reach its database')
    }
    await database.proxy.open()
    const row = await waitFor(() => closedImport(bench), 'the import to be closed', 120_000)
    expect(row.received).toBeLessThan(ROWS)
    expect(row.delivered).toBe(row.received)
    expect(row.failure).toContain('Send the Look again')
    expect(bench.heap.users('14').size).toBe(row.received)
    expectSuccess([await bench.looker.deliver('slow')])
  })
})

async function closedImport(bench: TestBench) {
  const row = await bench.newestImport().catch(() => undefined)
  return row?.state === 'finished' && row
}
