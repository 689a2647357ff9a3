import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { createLookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import { runServer } from '../../sandbox/server-process.ts'
import { openDatabase } from '../database/open-database.ts'
import { ENGINES } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe.each(ENGINES)('after kill -9 on $engine', ({ createDatabase }) => {
  test('an unfinished import goes on at the next start, and nothing is lost or counted twice', async () => {
    const database = await createDatabase()
    cleanups.push(database.remove)
    const heap = createHeapStandIn({ faults: { rules: [{ fault: { kind: 'answer', status: 503 } }] } })
    const heapUrl = await heap.listen()
    cleanups.push(heap.close)
    const port = await freePort()
    const looker = createLookerStandIn({
      actionUrl: `http://127.0.0.1:${port}/`,
      token: TOKEN,
      looks: [sampleLook({ id: 'users', rows: () => users(5_000) })],
    })
    const environment = {
      ...database.environment,
      LOOKER_TOKEN: TOKEN,
      LOOKER_URL: await looker.listen(),
      HEAP_API_URL: heapUrl,
      RESPONSE_DEADLINE: '1',
    }
    cleanups.push(looker.close)

    const first = await runServer(port, environment)
    cleanups.push(() => first.end('SIGKILL'))
    const record = await looker.deliver('users')
    expect(record.status).toBe('success')
    expect(record.message).toContain('5,000 rows')
    expect(record.message).toContain('still on their way')
    expect(heap.users('11').size).toBe(0)
    await first.end('SIGKILL')

    heap.reset()
    const second = await runServer(port, environment)
    cleanups.push(() => second.end('SIGKILL'))
    await waitFor(() => heap.users('11').size === 5_000, 'all users in Heap', 60_000)
    await second.end('SIGTERM')

    const opened = await openDatabase({
      url: database.environment.DATABASE_URL,
      dataDirectory: database.environment.DATA_DIR ?? '',
      onError: () => undefined,
    })
    const rows = await opened.query('select state, received, delivered, rejected, skipped from imports')
    await opened.close()
    expect(rows).toEqual([{ state: 'finished', received: 5_000, delivered: 5_000, rejected: 0, skipped: 0 }])
  })
})
