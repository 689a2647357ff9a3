import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LookRow } from '../../sandbox/looker/look.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import type { ProcessBench } from '../testing/process-bench.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const ROWS = 6_000

/** Less than the 20 seconds after which a server cuts its own stop short. */
const STOP_MILLISECONDS = 18_000

const STOPPED = 'The action server was stopped while Looker was sending. Send the Look again.'

describe.each(ENGINES)('SIGTERM on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: ProcessBench
  let atRow: (number: number) => void

  beforeAll(async () => {
    database = await createDatabase()
  })
  afterAll(() => database?.remove())
  beforeEach(async () => {
    atRow = () => undefined
    bench = await createProcessBench({
      database,
      environment: { HEAP_BATCH_SIZE: '200' },
      looks: [
        sampleLook({ id: 'users', rows: () => users(ROWS) }),
        sampleLook({
          id: 'slow',
          slow: { firstByteSeconds: 0, pauseMilliseconds: 50 },
          rows: function* (): Generator<LookRow> {
            let number = 0
            for (const row of users(ROWS)) {
              number += 1
              atRow(number)
              yield row
            }
          },
        }),
      ],
    })
  })
  afterEach(() => bench?.close())

  async function stop(server: Awaited<ReturnType<ProcessBench['start']>>): Promise<void> {
    const started = performance.now()
    expect(await server.end('SIGTERM')).toBe(0)
    expect(performance.now() - started).toBeLessThan(STOP_MILLISECONDS)
  }

  const arrived = () => bench.heap.users('11').size

  /** At the next start: what was handed over waits for nobody's heartbeat. */
  async function expectAllDelivered(rows: number): Promise<void> {
    const left = await bench.withDatabase((opened) =>
      opened.query(
        "select id from pgboss.job where state = 'active' union all select null from batches where state = 'sending'",
      ),
    )
    expect(left).toEqual([])
    const server = await bench.start()
    await waitFor(() => arrived() === rows, `${rows} users in Heap`, 60_000)
    await stop(server)
    const imports = await bench.imports()
    expect(imports.at(-1)).toMatchObject({ state: 'finished', received: rows, delivered: rows, rejected: 0 })
  }

  test.each([
    ['answers slowly', { kind: 'latency', ms: 1_500 }],
    ['does not answer', { kind: 'hang', stored: false }],
    ['is down', { kind: 'answer', status: 503 }],
  ] as const)(
    'while Heap %s, tells Looker that the rows are on their way, and they arrive',
    async (_, fault) => {
      const server = await bench.start()
      const before = await bench.rows('received')
      bench.heap.setFaults({ rules: [{ fault }] })
      const delivery = bench.looker().deliver('users')
      await waitFor(() => bench.doors.requests().some((count) => count > 0), 'a request to Heap')
      await waitFor(
        async () => (await bench.rows('received')) >= before + ROWS,
        'all rows are stored',
        60_000,
      )
      await stop(server)
      const record = await delivery
      expect(record).toMatchObject({ status: 'success' })
      expect(record.message).toContain('still on their way')
      bench.heap.setFaults({ rules: [] })
      await expectAllDelivered(ROWS)
    },
  )

  test('while Looker sends, tells it to send again; what was stored is delivered', async () => {
    const server = await bench.start()
    const stopping = new Promise<void>((resolve, reject) => {
      atRow = (number) => {
        if (number === ROWS / 2) stop(server).then(resolve, reject)
      }
    })
    const record = await bench.looker().deliver('slow')
    await stopping
    expect(record.status).toBe('failure')
    expect(record.message).toContain(STOPPED)
    const stored = /of ([\d,]+) rows/.exec(record.message)?.[1] ?? '0'
    await expectAllDelivered(Number(stored.replace(',', '')))
  })

  test('while the download is silent, tells Looker to send again', async () => {
    const server = await bench.start()
    const delivery = bench.looker().deliver('users', undefined, { fault: { kind: 'stalled' } })
    await waitFor(() => bench.looker().history()[0]?.downloads === 1, 'the download has begun')
    await stop(server)
    const record = await delivery
    expect(record.status).toBe('failure')
    expect(record.message).toContain(STOPPED)
  })

  test('while the body of a call is on its way, answers and ends', async () => {
    const server = await bench.start()
    const call = request(`${server.url}/actions/heap/execute`, {
      method: 'POST',
      headers: {
        authorization: `Token token="${TOKEN}"`,
        'transfer-encoding': 'chunked',
        expect: '100-continue',
      },
    })
    call.on('error', () => undefined)
    call.flushHeaders()
    await once(call, 'continue')
    call.write('{"attachment":{"data":"')
    const answered = once(call, 'response')
    const stopped = stop(server)
    const [response] = await answered
    let body = ''
    for await (const piece of response) body += piece
    expect(JSON.parse(body)).toMatchObject({ looker: { success: false, message: STOPPED } })
    await stopped
  })

  test('with idle connections, ends at once', async () => {
    const server = await bench.start()
    await (await fetch(`${server.url}/readyz`)).text()
    await stop(server)
  })
})
