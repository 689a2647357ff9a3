import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf, keysLook } from '../../testing/keys-look.ts'
import type { ProcessBench } from '../../testing/process-bench.ts'
import { createProcessBench } from '../../testing/process-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const SYNC = 'sync-of-the-crash-test'
const ROWS = 5_000
const AWAY = { fault: { kind: 'answer', status: 503 } } as const

describe.each(ENGINES)('kill -9 of a repair, on $engine', { timeout: 300_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: ProcessBench
  beforeEach(async () => {
    database = await createDatabase()
  })
  afterEach(async () => {
    await bench?.close()
    await database?.remove()
  })

  test('right after it was asked for: cancelling goes on, and retrying again sends what is missing, once', async () => {
    const look = keysLook({ id: 'old', from: 1, to: ROWS })
    bench = await createProcessBench({
      database,
      looks: [look],
      environment: { HEAP_BATCH_SIZE: '100', RESPONSE_DEADLINE: '0' },
      faults: [AWAY],
    })
    let server = await bench.start()
    const caller = () => createApiCaller({ url: server.url, origin: bench.origin() }, SYNC)
    const detail = async (id: number) => {
      const answer = await caller()(`/imports/${id}`)
      const { state, counts, pending, retriedAs } = (await answer.json()) as ImportDetail
      expect(counts.delivered + counts.rejected + counts.skipped + counts.superseded + pending).toBe(
        counts.received,
      )
      return { state, counts, retriedAs }
    }
    await bench.looker().deliver('old', { ...look.suggestedParams, sync_id: SYNC }, { planId: '1' })
    expect((await caller()('/imports/1/cancel', {}, 'POST')).status).toBe(202)
    await server.end('SIGKILL')
    bench.heap.setFaults({ rules: [] })
    server = await bench.start()
    const { counts } = await waitFor(async () => {
      const seen = await detail(1)
      return seen.state === 'finished' && seen
    }, 'the end of the cancelled import')
    expect(counts).toMatchObject({ received: ROWS, delivered: 0, rejected: ROWS })
    expect(bench.heap.users('11').size).toBe(0)

    expect((await caller()('/imports/1/retry', {}, 'POST')).status).toBe(202)
    await server.end('SIGKILL')
    server = await bench.start()
    // The process that took rows over is known to be gone after a while, if it had not taken all.
    await waitFor(async () => {
      await caller()('/imports/1/retry', {}, 'POST')
      return bench.heap.users('11').size === ROWS
    }, 'all rows')
    let received = 0
    for (const id of (await detail(1)).retriedAs) {
      const retry = await waitFor(async () => {
        const seen = await detail(id)
        return seen.state === 'finished' && seen
      }, 'the end of a retry')
      received += retry.counts.received
    }
    expect(received).toBe(ROWS)
    expect(bench.heap.users('11').get(emailOf(ROWS))).toMatchObject({ 'Users Plan': 'old' })
  })
})
