import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../../testing/engines.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const FULL =
  'The Heap action server is full: too many rows of earlier deliveries wait until Heap takes them. Send the Look again in an hour, or tell the person who runs the server.'

const LOOKS = [
  sampleLook({ id: 'users', rows: () => users(2_500) }),
  sampleLook({ id: 'others', rows: () => users(100, 50_001) }),
  // Takes longer than the room is trusted to last.
  sampleLook({
    id: 'slow',
    rows: () => users(50_000, 100_001),
    slow: { firstByteSeconds: 0, pauseMilliseconds: 60 },
  }),
]

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe.each(ENGINES)('room in the database, on $engine', { timeout: 180_000 }, ({ createDatabase }) => {
  async function start(maxWaitingBytes: number) {
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: { RESPONSE_DEADLINE: '0.1' },
      heap: { faults: { rules: [{ fault: { kind: 'answer', status: 503 } }] } },
      app: { maxWaitingBytes, heapTiming: SHORT_PATIENCE },
    })
    cleanups.push(bench.close)
    return bench
  }

  test('deliveries are turned away while it is full, and taken again once Heap has taken what waits', async () => {
    const { looker, heap, app, newestImport } = await start(5_000)
    const first = await looker.deliver('users', undefined, { planId: 'a' })
    expect(first.status).toBe('success')
    expect(first.message).toContain('2,500 rows still on their way.')

    const turnedAway = await looker.deliver('others')
    expect(turnedAway).toMatchObject({ status: 'failure', message: `${FULL} Nothing was imported.` })
    expect(await newestImport()).toMatchObject({ state: 'finished', received: 0 })
    expect(turnedAway.rowsSent).toBe(0)

    // What a delivery replaces does not stand in its way.
    const again = await looker.deliver('users', undefined, { planId: 'a' })
    expect(again.message).toContain('2,500 rows still on their way.')

    heap.setFaults({ rules: [] })
    await waitFor(() => heap.users('11').size === 2_500, 'all that waited')
    await waitFor(async () => (await newestImport()).state === 'finished', 'the end of the import')
    expect(await newestImport()).toMatchObject({ received: 2_500, delivered: 2_500 })
    expect((await looker.deliver('others')).status).toBe('success')
    const rows = await waitFor(async () => {
      const all = await app.database.query<ImportRow>('select * from imports')
      return all.every(({ state }) => state === 'finished') && all
    }, 'the end of all imports')
    expect(heap.users('11').size).toBe(2_600)
    for (const row of rows) {
      expect(row.received).toBe(row.delivered + row.rejected + row.skipped + row.superseded)
    }
  })

  test('what waits for somebody to decide turns away nobody else, and the next of those first', async () => {
    const { looker, heap, app, newestImport } = await start(5_000)
    heap.setFaults({ rules: [] })
    const sync = 'sync-that-is-to-be-asked'
    const caller = { connectionId: 1, origin: app.config.lookerOrigins[0] ?? '' }
    await app.repositories.held.setHold(caller, sync, true)
    const unusual = sampleLook({ rows: () => users(2_500), says: { truncated: true } })
    const deliver = () =>
      looker.deliver(unusual, { ...unusual.suggestedParams, sync_id: sync }, { planId: 'a' })
    expect((await deliver()).message).toContain('Paused, nothing was sent')
    const { id } = await newestImport()

    expect(await looker.deliver('others')).toMatchObject({ status: 'success' })
    const next = await deliver()
    expect(next.message).toContain('Release or discard them in the extension')
    expect(next.message).toContain('Nothing was imported.')

    expect(await app.imports.discard(id)).toBe(true)
    await waitFor(async () => (await app.repositories.imports.find(id))?.state === 'finished', 'its end')
    expect((await deliver()).message).toContain('Paused, nothing was sent')
  })

  test('a delivery that fills it is cut off, and what had come is not lost', async () => {
    const { looker, heap, newestImport } = await start(20_000)
    const record = await looker.deliver('slow')
    expect(record.status).toBe('failure')
    const { received } = await newestImport()
    expect(received).toBeGreaterThan(0)
    expect(received).toBeLessThan(50_000)
    const rows = received.toLocaleString('en-US')
    expect(record.message).toContain(`${FULL} The ${rows} rows that had come before that are not lost:`)
    expect(record.message).toContain(`${rows} rows still on their way.`)
    heap.setFaults({ rules: [] })
    await waitFor(() => heap.users('11').size === received, 'all that had come')
  })
})
