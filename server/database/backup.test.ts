import { afterEach, describe, expect, test } from 'vitest'
import type { FaultPlan } from '../../sandbox/heap/heap-faults.ts'
import { copyDatabase } from '../testing/copy-database.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { runAdmin } from '../testing/run-admin.ts'
import { sampleLook } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const AWAY: FaultPlan = { rules: [{ fault: { kind: 'answer', status: 503 } }] }
const ROWS = 500

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe.each(ENGINES)('a backup, on $engine', ({ createDatabase }) => {
  /** Rows whose plan tells when they were delivered. */
  let plan = 'first'
  const look = sampleLook({
    rows: function* () {
      for (let number = 1; number <= ROWS; number += 1) {
        yield { 'users.email': `user${number}@example.com`, 'users.plan': plan, 'orders.ltv': number }
      }
    },
  })

  async function start(database: TestDatabase, faults: FaultPlan = { rules: [] }) {
    const bench = await createTestBench({
      database,
      looks: [look],
      environment: { HEAP_BATCH_SIZE: '100' },
      heap: { faults },
      app: { heapTiming: SHORT_PATIENCE },
    })
    cleanups.push(bench.close)
    const plans = () => new Set([...bench.heap.users('11').values()].map((user) => user['Users Plan']))
    return { ...bench, plans }
  }

  test('brings back the history and what waits, which is sent again: older than what has come since', {
    timeout: 300_000,
  }, async () => {
    plan = 'first'
    const original = await createDatabase()
    cleanups.push(original.remove)
    const before = await start(original, AWAY)
    const delivering = before.looker.deliver('1')
    const newest = () => before.newestImport().catch(() => undefined)
    await waitFor(async () => (await newest())?.state === 'sending', 'all rows to be stored')
    const { id, ...counts } = await before.newestImport()
    expect(counts).toMatchObject({ received: ROWS, delivered: 0 })
    await before.close()
    await delivering
    cleanups.pop()
    const backup = await copyDatabase(original, '1')
    cleanups.push(backup.remove)

    const cancelled = await copyDatabase(backup, '2')
    cleanups.push(cancelled.remove)

    // Life goes on after the backup: its rows are delivered, and newer ones.
    const after = await start(original)
    await waitFor(async () => (await after.newestImport()).state === 'finished', 'the end of the import')
    plan = 'second'
    expect(await after.looker.deliver('1')).toMatchObject({ status: 'success' })
    expect(after.plans()).toEqual(new Set(['second']))

    const restored = await start(backup)
    await waitFor(async () => (await restored.newestImport()).state === 'finished', 'the end of it once more')
    expect(await restored.newestImport()).toMatchObject({ received: ROWS, delivered: ROWS, rejected: 0 })
    expect(await restored.app.database.query('select count(*)::int as count from imports')).toEqual([
      { count: 1 },
    ])
    expect(restored.plans()).toEqual(new Set(['first']))
    // What mends it: the Look once more.
    expect(await restored.looker.deliver('1')).toMatchObject({ status: 'success' })
    expect(restored.plans()).toEqual(new Set(['second']))

    // What prevents it: nothing of the backup is to be sent.
    const { stdout, code } = await runAdmin(cancelled.environment, ['cancel', String(id)])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`Import ${id} is cancelled`),
    })
    const noted = await runAdmin(cancelled.environment, ['restored', '--json'])
    expect({ code: noted.code, stdout: noted.stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('"forgottenDeliveries"'),
    })
    const quiet = await start(cancelled)
    await waitFor(
      async () => (await quiet.newestImport()).state === 'finished',
      'the end of what is cancelled',
    )
    expect(quiet.heap.users('11').size).toBe(0)
  })
})
