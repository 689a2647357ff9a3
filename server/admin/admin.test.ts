import { readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import type { Database } from '../database/engine/database.ts'
import { createOrderRepository } from '../database/repositories/order-repository.ts'
import { createKeyRepository } from '../database/repositories/repair/key-repository.ts'
import { unpackLines } from '../imports/batches/batch-payload.ts'
import { createApiCaller } from '../testing/api-caller.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { emailOf, keysLook } from '../testing/keys-look.ts'
import type { ProcessBench } from '../testing/process-bench.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { runAdmin } from '../testing/run-admin.ts'
import { waitFor } from '../testing/wait-for.ts'

const LOOKS = [
  keysLook({ id: 'old', from: 1, to: 300 }),
  keysLook({ id: 'person', from: 501, to: 510 }),
  keysLook({ id: 'person again', from: 501, to: 520 }),
  keysLook({ id: 'cancelled', from: 601, to: 900 }),
  keysLook({ id: 'hostile', from: 951, to: 960 }),
]
const AWAY = { fault: { kind: 'answer', status: 503 } } as const
const HOSTILE = [
  '=1+1',
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  'two\nlines\r\n',
  '"quoted", and \'so\'',
  '\u009b2J',
  '\u202egnp.exe',
  '\u2028',
  '\\u{1b}',
]
/** What a terminal would obey: all controls but the end of a line, and marks of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

describe.each(ENGINES)('the command line, on $engine', { timeout: 300_000 }, ({ engine, createDatabase }) => {
  let database: TestDatabase
  let bench: ProcessBench
  let server: Awaited<ReturnType<ProcessBench['start']>> | undefined
  let file = ''

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createProcessBench({
      database,
      looks: LOOKS,
      environment: { HEAP_BATCH_SIZE: '100', RESPONSE_DEADLINE: '0' },
    })
    await running()
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(async () => {
    bench.heap.setFaults({ rules: [] })
    if (file !== '') await rm(file, { force: true })
    file = ''
  })

  async function running() {
    server ??= await bench.start()
    return server
  }

  /** The embedded database is opened by one process at a time. */
  async function alone() {
    if (engine === 'PostgreSQL') return
    await server?.end('SIGTERM')
    server = undefined
  }

  /** Beside a running server on PostgreSQL, after its stop with PGlite. */
  async function admin(...words: string[]) {
    await alone()
    return runAdmin(database.environment, words)
  }

  async function json<T>(...words: string[]): Promise<T> {
    const { code, stdout, stderr } = await admin(...words, '--json')
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).not.toMatch(OBEYED)
    return JSON.parse(stdout) as T
  }

  async function withDatabase<T>(work: (opened: Database) => Promise<T>): Promise<T> {
    await alone()
    return bench.withDatabase(work)
  }

  async function deliver(look: string, syncId: string, planId: string) {
    await running()
    await bench
      .looker()
      .deliver(
        look,
        { ...LOOKS[0]!.suggestedParams, sync_id: syncId, max_rejected_percent: '100' },
        { planId },
      )
    const page = await json<{ imports: { id: number }[] }>('imports', '--sync', syncId)
    return page.imports[0]!.id
  }

  /** Waits with a running server until an import has ended. */
  async function ended(importId: number, sync: string): Promise<void> {
    const { url } = await running()
    const call = createApiCaller({ url, origin: bench.origin() }, sync)
    await waitFor(async () => {
      const answer = await call(`/imports/${importId}`)
      return answer.ok && ((await answer.json()) as ImportDetail).state === 'finished'
    }, 'the end of the import')
  }

  const poison = (...numbers: number[]) =>
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: numbers.map(emailOf) } }] })

  test('lists and shows imports, and repairs one', async () => {
    poison(3, 7)
    const id = await deliver('old', 'a-sync-of-the-admin-test', '4711')
    await ended(id, 'a-sync-of-the-admin-test')
    type List = { imports: Record<string, unknown>[]; nextBefore: number | null }
    const all = await json<List>('imports')
    const mine = {
      id,
      state: 'finished',
      success: true,
      connection: 'default',
      syncId: 'a-sync-of-the-admin-test',
      planId: '4711',
      title: 'old',
      counts: { received: 300, delivered: 298, rejected: 2, skipped: 0, superseded: 0 },
    }
    expect(all.imports[0]).toMatchObject(mine)
    const number = String(all.imports[0]!.syncNumber)
    for (const sync of ['a-sync-of-the-admin-test', 'plan:4711', number]) {
      const found = await json<List>('imports', '--sync', sync, '--state', 'rejected_rows')
      expect(found.imports).toMatchObject([mine])
    }
    expect((await json<List>('imports', '--state', 'failed')).imports).toEqual([])
    const table = await admin('imports')
    expect(table.code).toBe(0)
    const [head, line] = table.stdout.split('\n')
    expect(head).toMatch(/^import +sync +started/)
    expect(line).toMatch(/rejected_rows +300 +298 +2 +0 +0 +0 +0 +old$/)
    expect(head!.indexOf('state')).toBe(line!.indexOf('rejected_rows'))

    const detail = await json<ImportDetail & { connection: string }>('import', String(id))
    expect(detail).toMatchObject({
      id,
      sync: 'a-sync-of-the-admin-test',
      connection: 'default',
      canRetry: true,
      canCancel: false,
      rejections: [{ reason: 'heap_refused', count: 2, rows: [3, 7] }],
    })
    const shown = await admin('import', String(id))
    expect(shown.stdout).toMatch(/^delivered +298$/m)
    expect(shown.stdout).toMatch(/heap_refused +rows refused by Heap +3, 7/)
    expect(JSON.stringify(detail) + shown.stdout).not.toContain('@example.com')

    bench.heap.setFaults({ rules: [] })
    expect(bench.heap.users('11').get(emailOf(3))).toBeUndefined()
    const retried = await json<{ import: number; sentBy: string }>('retry', String(id))
    expect(retried).toMatchObject({
      retryOf: id,
      received: 2,
      superseded: 0,
      sentBy: engine === 'PGlite' ? 'next_start' : 'servers',
    })
    if (engine === 'PGlite') expect(bench.heap.users('11').get(emailOf(3))).toBeUndefined()
    await running()
    for (const poisoned of [3, 7]) {
      await waitFor(() => bench.heap.users('11').has(emailOf(poisoned)), 'the repaired user')
      expect(bench.heap.users('11').get(emailOf(poisoned))).toMatchObject({ 'Orders Ltv': poisoned })
    }
    await ended(retried.import, 'a-sync-of-the-admin-test')
    const again = await admin('retry', String(id))
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain('Nothing of the import can be tried again')
    const one = await json<List>('imports', '--limit', '1')
    expect(one).toMatchObject({ imports: [{ id: retried.import }], nextBefore: retried.import })
    const rest = await json<List>('imports', '--before', String(one.nextBefore), '--sync', number)
    expect(rest).toMatchObject({ imports: [{ id }], nextBefore: null })
  })

  test('cancels an import, which a server carries out', async () => {
    bench.heap.setFaults({ rules: [AWAY] })
    const id = await deliver('cancelled', 'a-sync-that-is-cancelled', '4712')
    const answer = await admin('cancel', String(id))
    expect(answer).toMatchObject({ code: 0, stderr: '' })
    expect(answer.stdout).toContain(engine === 'PGlite' ? 'when it starts' : 'within seconds')
    await running()
    bench.heap.setFaults({ rules: [] })
    await ended(id, 'a-sync-that-is-cancelled')
    const { counts } = await json<ImportDetail>('import', String(id))
    // What was at Heap at that moment is counted as it ended.
    expect(counts.rejected).toBeGreaterThan(0)
    expect(counts.delivered + counts.rejected).toBe(300)
    const over = await admin('cancel', String(id))
    expect(over).toMatchObject({ code: 1, stdout: '' })
    expect(over.stderr).toContain('has ended')
  })

  test('hostile join keys and words of Heap reach no terminal raw, and JSON and CSV keep them', async () => {
    const id = await deliver('hostile', 'a-sync-with-hostile-keys', '4713')
    await ended(id, 'a-sync-with-hostile-keys')
    await withDatabase(async (opened) => {
      await opened.query(
        `insert into rejected_rows (import_id, row_number, join_key, reason, text)
         select $1, place + 100, key, 'heap_refused', key from unnest($2::text[]) with ordinality as keys (key, place)`,
        [id, HOSTILE],
      )
      await opened.query('update imports set title = $2 where id = $1', [id, HOSTILE[1]!])
    })
    const shown = [
      await admin('export-rejected', String(id)),
      await admin('imports'),
      await admin('import', String(id)),
    ]
    for (const { code, stdout, stderr } of shown) {
      expect(code).toBe(0)
      expect(stdout + stderr).not.toMatch(OBEYED)
    }
    // Each row on one line.
    expect(shown[0]!.stdout.trimEnd().split('\n')).toHaveLength(HOSTILE.length + 1)
    expect(shown[0]!.stdout).toContain('\\u{1b}[31mred')
    expect(shown[1]!.stdout).toContain('\\u{1b}[31mred')
    const { rows } = await json<{ rows: { key: string; text: string }[] }>('export-rejected', String(id))
    expect(rows.map(({ key }) => key)).toEqual(HOSTILE)
    expect(rows.map(({ text }) => text)).toEqual(HOSTILE)

    file = join(tmpdir(), `rejected-${engine}-${process.pid}.csv`)
    const written = await admin('export-rejected', String(id), '--csv', file)
    expect(written).toMatchObject({ code: 0, stderr: '' })
    expect(written.stdout).toContain(`${HOSTILE.length} rows are written`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const csv = await readFile(file, 'utf8')
    expect(csv).toContain('row,join_key,reason,meaning,heap_said\r\n')
    expect(csv).toContain("101,'=1+1,heap_refused,row refused by Heap,'=1+1\r\n")
    expect(csv).toContain('"two\nlines\r\n"')
    const direct = await admin('export-rejected', String(id), '--csv')
    // The byte order mark is read as such.
    expect(direct).toEqual({ code: 0, stderr: '', stdout: csv.replace(/^\ufeff/, '') })
    const other = await admin('export-rejected', String(id), '--csv', '--reason', 'cancelled')
    expect(other.stdout.trimEnd().split('\n')).toHaveLength(1)
    const twice = await admin('export-rejected', String(id), '--csv', file)
    expect(twice).toMatchObject({ code: 1, stdout: '' })
    expect(twice.stderr).toContain('exists already')
    expect(await readFile(file, 'utf8')).toBe(csv)
  })

  test('forgets a person in all tables', async () => {
    const PERSON = emailOf(503)
    poison(503, 504)
    const first = await deliver('person', 'a-sync-with-a-person', '4714')
    await ended(first, 'a-sync-with-a-person')
    bench.heap.setFaults({ rules: [AWAY] })
    await deliver('person again', 'a-sync-with-a-person', '4714')
    expect(await withDatabase((opened) => placesOf(opened, PERSON))).toEqual(
      expect.arrayContaining(['batches', 'rejected_rows', ...(engine === 'PGlite' ? ['kept_lines'] : [])]),
    )
    const wrong = await admin('forget', PERSON, '--connection', 'other')
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('There is no connection "other". There are "default".')
    const nobody = await json<Record<string, number>>('forget', "'; drop table imports; --%")
    expect(nobody).toMatchObject({ rejectedRows: 0, keptRows: 0, waitingRows: 0, rowsInFlight: 0 })
    await alone()
    const found = { rejectedRows: 0, keptRows: 0, waitingRows: 0 }
    await waitFor(async () => {
      const words = ['forget', '--stdin', '--json', '--connection', 'default']
      const { code, stdout, stderr } = await runAdmin(database.environment, words, `${PERSON}\n`)
      const answer = JSON.parse(stdout) as typeof found & { rowsInFlight: number }
      for (const name of ['rejectedRows', 'keptRows', 'waitingRows'] as const) found[name] += answer[name]
      expect(code).toBe(answer.rowsInFlight > 0 ? 1 : 0)
      expect(stderr).not.toContain(PERSON)
      return code === 0
    }, 'nothing in flight')
    expect(found).toMatchObject({ rejectedRows: 1, waitingRows: 1 })
    // A running server lets go of them itself once it has seen that the later delivery brought the key.
    expect(engine === 'PGlite' ? [1] : [0, 1]).toContain(found.keptRows)
    expect(await withDatabase((opened) => placesOf(opened, PERSON))).toEqual([])
    expect(await withDatabase((opened) => placesOf(opened, emailOf(504)))).toContain(
      engine === 'PGlite' ? 'kept_lines' : 'batches',
    )
    bench.heap.setFaults({ rules: [] })
    const text = await admin('forget', PERSON)
    expect(text.stdout).toContain('Nothing of this key is stored')
    await running()
    await waitFor(() => bench.heap.users('11').has(emailOf(520)), 'the other users')
    expect(bench.heap.users('11').has(PERSON)).toBe(false)
    expect(bench.heap.users('11').has(emailOf(504))).toBe(true)
  })

  // Every call takes seconds on PGlite, and nothing here depends on the engine.
  test.runIf(engine === 'PostgreSQL')('what is not there', async () => {
    for (const words of [
      ['import', '99999'],
      ['retry', '99999'],
      ['cancel', '99999'],
      ['export-rejected', '99999'],
    ]) {
      const { code, stdout, stderr } = await admin(...words)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('There is no import 99999')
    }
    for (const sync of ['plan:nothing', '99999', 'a-sync-that-never-was']) {
      const { code, stderr } = await admin('imports', '--sync', sync)
      expect(code).toBe(1)
      expect(stderr).toContain('There is no import of this sync')
    }
  })

  test('beside a running server', async () => {
    await running()
    const { code, stdout, stderr } = await runAdmin(database.environment, ['imports'])
    if (engine === 'PostgreSQL') return expect(code).toBe(0)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('A server runs on the embedded database in DATA_DIR')
    expect(stderr).toContain('Stop the server, give the command again')
    expect(server?.isRunning()).toBe(true)
  })
})

/** Tables in which a text stands, also in packed lines. */
async function placesOf(database: Database, key: string): Promise<string[]> {
  const tables = await database.query<{ name: string; place: string }>(
    `select table_name as name, quote_ident(table_schema) || '.' || quote_ident(table_name) as place
     from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  )
  const found = new Set<string>()
  for (const { name, place } of tables) {
    const [row] = await database.query(
      `select 1 from ${place} as entry where position($1 in row_to_json(entry)::text) > 0 limit 1`,
      [key],
    )
    if (row) found.add(name)
  }
  const imports = (await database.query<{ id: number }>('select id from imports')).map(({ id }) => id)
  const holds = ({ payload, entities }: { payload: Uint8Array; entities: number }) =>
    unpackLines(payload, entities)
      .texts()
      .some((line) => line.includes(key))
  const order = createOrderRepository(database, undefined as never)
  const waiting = await order.waitingBatches(
    imports,
    ['held', 'stored', 'sending'],
    { importId: 0, number: 0 },
    1_000,
  )
  if (waiting.some(holds)) found.add('batches')
  for (const id of imports) {
    const groups = await createKeyRepository(database).keptGroups(id, 0, 1_000)
    if (groups.some(holds)) found.add('kept_lines')
  }
  return [...found].sort()
}
