import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import type { ImportPage } from '../../../shared/api/sync-imports.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { keysLook } from '../../testing/keys-look.ts'
import type { ProcessBench } from '../../testing/process-bench.ts'
import { createProcessBench } from '../../testing/process-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const SYNC = 'sync-of-the-crash-test'
const ROWS = 2_000

describe.each(ENGINES)(
  'kill -9 while a delivery is held, on $engine',
  {
    timeout: 300_000,
  },
  ({ createDatabase }) => {
    let database: TestDatabase
    let bench: ProcessBench
    beforeEach(async () => {
      database = await createDatabase()
    })
    afterEach(async () => {
      await bench?.close()
      await database?.remove()
    })

    test('sends nothing, forgets nothing, and neither does one after its release or the discarding', async () => {
      // Unusual from the first time on, as it may be cut.
      const look = keysLook({ id: 'cut', from: 1, to: ROWS }, { says: { truncated: true } })
      bench = await createProcessBench({ database, looks: [look], environment: { HEAP_BATCH_SIZE: '100' } })
      let server = await bench.start()
      const caller = () => createApiCaller({ url: server.url, origin: bench.origin() }, SYNC)
      const detail = async (id: number) => {
        const told = (await (await caller()(`/imports/${id}`)).json()) as ImportDetail
        const { delivered, rejected, skipped, superseded, received } = told.counts
        expect(delivered + rejected + skipped + superseded + told.pending).toBe(received)
        return told
      }
      const killed = async () => {
        await server.end('SIGKILL')
        server = await bench.start()
      }
      const ended = (id: number) =>
        waitFor(async () => {
          const told = await detail(id)
          return told.state === 'finished' && told.counts
        }, 'the end')
      const deliver = () =>
        bench.looker().deliver('cut', { ...look.suggestedParams, sync_id: SYNC }, { planId: '1' })

      // Before the first delivery.
      expect((await caller()(`/syncs/${SYNC}/guardrails`, {}, 'PUT', { hold: true })).status).toBe(204)
      expect((await deliver()).message).toContain('wait for somebody to decide')
      await killed()
      expect(await detail(1)).toMatchObject({ state: 'held', canRelease: true, pending: ROWS })
      expect(bench.heap.requests().requests).toBe(0)
      expect((await caller()('/imports/1/release', {}, 'POST')).status).toBe(202)
      await killed()
      expect(await ended(1)).toMatchObject({ delivered: ROWS, rejected: 0 })
      expect(bench.heap.users('11').size).toBe(ROWS)

      bench.heap.reset()
      await deliver()
      // Numbers are left out by a crash.
      const { imports } = (await (await caller()(`/syncs/${SYNC}/imports`)).json()) as ImportPage
      const { id } = imports[0]!
      expect((await caller()(`/imports/${id}/discard`, {}, 'POST')).status).toBe(202)
      await killed()
      expect(await ended(id)).toMatchObject({ delivered: 0, rejected: ROWS })
      expect(bench.heap.users('11').size).toBe(0)
    })
  },
)
