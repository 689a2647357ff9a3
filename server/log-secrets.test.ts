import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from './testing/engines.ts'
import { sampleLook } from './testing/sample-look.ts'
import { createTestBench, TOKEN } from './testing/test-bench.ts'
import { waitFor } from './testing/wait-for.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** Stands in every cell, in the download address and in wrong tokens: nothing of it may be logged. */
const MARK = 'XYZZY'

function* rows() {
  for (let number = 0; number < 500; number += 1) {
    yield {
      'users.email': `${MARK}${number % 490}@example.com`,
      'users.plan': `plan ${MARK} ${number}`,
      'orders.ltv': number,
    }
  }
  yield { 'users.email': `${MARK.repeat(80)}`, 'users.plan': MARK, 'orders.ltv': 1 }
}

describe.each(ENGINES)('the log of $engine at its most talkative', ({ createDatabase }) => {
  test('holds no cell value, token, download address or SQL', { timeout: 120_000 }, async () => {
    const database = await createDatabase()
    cleanups.push(database.remove)
    let log = ''
    const stream = new Writable({
      write(line: Buffer, _encoding, done) {
        log += line.toString()
        done()
      },
    })
    const look = sampleLook({
      rows,
      errors: [],
      suggestedParams: {
        env_id: '11',
        property_type: 'user',
        heap_field: 'Users Email',
        max_rejected_percent: '50',
      },
    })
    const bench = await createTestBench({
      database,
      environment: { HEAP_BATCH_SIZE: '50' },
      looks: [look],
      app: { logger: { level: 'trace', stream }, databaseTiming: { patienceMs: 300 } },
    })
    cleanups.push(bench.close)
    const run = (sql: string) => bench.app.database.query(sql)

    // Heap refuses some, and repeats what it refused.
    bench.heap.setFaults({
      rules: [
        { fault: { kind: 'answer', status: 400, body: `{"error":"bad value plan ${MARK} 7"}` }, requests: 3 },
        { fault: { kind: 'reset', stored: true }, requests: 2 },
      ],
    })
    await bench.looker.deliver('1')
    for (const fault of [
      { kind: 'truncated', afterRows: 100 },
      { kind: 'reset', afterRows: 100 },
      { kind: 'html' },
      { kind: 'status', status: 500 },
    ] as const) {
      await bench.looker.deliver('1', undefined, { fault })
    }
    await bench.looker.deliver('1', undefined, { mode: 'push' })

    // The database fails at rows, with their values in its error.
    await run('alter table rejected_rows add constraint no_row check (row_number < 0) not valid')
    await bench.looker.deliver('1')
    await run('alter table rejected_rows drop constraint no_row')
    await run(
      `create function quoting() returns trigger language plpgsql as $$
       begin raise exception 'cannot store' using errcode = '22P02', detail = new.join_key, hint = new.join_key; end $$`,
    )
    await run('create trigger quoting before insert on rejected_rows for each row execute function quoting()')
    await bench.looker.deliver('1')
    await run('drop trigger quoting on rejected_rows')

    for (const authorization of [`Token token="wrong-${MARK}"`, `Bearer ${MARK}`, TOKEN]) {
      await fetch(`${bench.url}/actions/heap/execute`, { method: 'POST', headers: { authorization } })
    }
    await fetch(`${bench.url}/actions/heap/execute`, {
      method: 'POST',
      headers: { authorization: `Token token="${TOKEN}"` },
      body: JSON.stringify({
        type: 'query',
        scheduled_plan: {
          download_url: `https://user:${MARK}@127.0.0.1/downloads/${MARK}?${MARK}`,
          title: MARK,
        },
        form_params: { env_id: '11', property_type: 'user', heap_field: MARK },
      }),
    })
    await waitFor(async () => (await bench.newestImport()).state !== 'reading' || undefined, 'the end').catch(
      () => undefined,
    )
    await sleep(500)

    expect(log).toContain('"statusCode":200')
    const lines = log.split('\n').filter((line) => /import answered|delivery failed/.test(line))
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ importId: expect.any(Number), sync: expect.any(Number) })
    expect(log).toContain('import answered')
    expect(log).toContain('delivery failed')
    expect(log).toContain('import failed')
    expect(log.match(new RegExp(`.*${MARK}.*`, 'g')) ?? []).toEqual([])
    expect(log).not.toContain(TOKEN)
    expect(log.match(/.*\/downloads\/.*/g) ?? []).toEqual([])
    expect(log.match(/.*(insert into|update imports|select ).*/gi) ?? []).toEqual([])
  })
})
