import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../testing/test-bench.ts'

type LookerAnswer = { success: boolean; message: string }

type Field = { name: string; label: string; label_short?: string }

const EMAIL: Field = { name: 'users.email', label: 'Users Email' }

/** The text of a result whose rows are given as text. */
function result(fields: readonly Field[], rows: readonly string[], more = ''): string {
  const described = JSON.stringify({
    dimensions: fields,
    measures: [],
    pivots: [],
    table_calculations: [],
  })
  return `{"fields":${described},"timezone":"UTC",${more}"data":[${rows.join(',')}]}`
}

describe.each(ENGINES)('hostile rows on $engine', ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let environments = 100

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({ database })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })

  /** Pushes a result as `attachment.data`, into a Heap environment of its own. */
  async function push(data: string | Iterable<string>, params = {}, plan = {}) {
    environments += 1
    const id = String(environments)
    const formParams = {
      env_id: id,
      property_type: 'user',
      heap_field: 'Users Email',
      match_by: 'identity',
      ...params,
    }
    const head = JSON.stringify({ type: 'query', scheduled_plan: plan, form_params: formParams })
    function* body() {
      yield `${head.slice(0, -1)},"attachment":{"mimetype":"application/json","data":`
      yield* typeof data === 'string' ? [data] : data
      yield '}}'
    }
    const response = await fetch(`${bench.url}/actions/heap/execute`, {
      method: 'POST',
      headers: { authorization: `Token token="${TOKEN}"` },
      body: Readable.toWeb(Readable.from(body(), { objectMode: false })) as ReadableStream,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(200)
    const { looker } = (await response.json()) as { looker: LookerAnswer }
    expect(looker.message.length).toBeLessThan(2_500)
    const users = new Map(
      [...bench.heap.users(id)].map(([key, user]) => [key, new Map(Object.entries(user))]),
    )
    return { ...looker, users }
  }

  const row = (email: unknown, cells: Record<string, unknown> = {}) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries({ 'users.email': email, ...cells }).map(([name, value]) => [name, { value }]),
      ),
    )

  test('100,000 columns are refused in few words', async () => {
    const fields = Array.from({ length: 100_000 }, (_, index) => ({
      name: `c.${index}`,
      label: `C ${index}`,
    }))
    const { success, message } = await push(result([EMAIL, ...fields], [row('a@b.c')]))
    expect(success).toBe(false)
    expect(message).toContain('The Look has 100,001 columns; at most 10,000 can be imported')
  })

  test('thousands of columns arrive', async () => {
    const fields = Array.from({ length: 5_000 }, (_, index) => ({ name: `c.${index}`, label: `C ${index}` }))
    const cells = Object.fromEntries(fields.map(({ name }, index) => [name, index]))
    const { success, users } = await push(result([EMAIL, ...fields], [row('a@b.c', cells)]))
    expect(success).toBe(true)
    expect(users.get('a@b.c')?.size).toBe(5_000)
  })

  test('pivots without end are refused, declared or not', { timeout: 120_000 }, async () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `p${index}`)
    const fields = {
      dimensions: [EMAIL],
      measures: [{ name: 'orders.count', label: 'Count' }],
      pivots: [{ name: 'orders.year', label: 'Year' }],
      table_calculations: [],
    }
    const cells = (some: string[]) => Object.fromEntries(some.map((key) => [key, { value: 1 }]))
    const pivotRow = (email: string, some: string[]) =>
      JSON.stringify({ 'users.email': { value: email }, 'orders.count': cells(some) })
    const text = (pivots: string[], rows: string[]) =>
      JSON.stringify({ fields, timezone: 'UTC', pivots: pivots.map((key) => ({ key })) }).replace(
        /\}$/,
        `,"data":[${rows.join(',')}]}`,
      )
    for (const data of [
      text(keys, [pivotRow('a', ['p1'])]),
      text([], [pivotRow('a', keys)]),
      text(
        [],
        keys.map((key) => pivotRow(`${key}@b.c`, [key])),
      ),
    ]) {
      const { success, message } = await push(data)
      expect(success).toBe(false)
      expect(message).toMatch(/columns; at most 10,000 can be imported/)
    }
  })

  test('a row of megabytes arrives cut, one of more than 32 MB is a failure', {
    timeout: 60_000,
  }, async () => {
    const note = { name: 'users.note', label: 'Users Note' }
    const long = (length: number) => row('a@b.c', { 'users.note': 'x'.repeat(length) })
    const { success, message, users } = await push(result([EMAIL, note], [long(8_000_000)]))
    expect(success).toBe(true)
    expect(message).toContain('longer than 1,023 characters')
    expect(users.get('a@b.c')?.get('Users Note')).toBe('x'.repeat(1_023))
    const refused = await push(result([EMAIL, note], [row('b@b.c'), long(40_000_000)]))
    expect(refused.success).toBe(false)
    expect(refused.message).toContain("Row 2 of Looker's result is larger than 32 MB")
    expect([...refused.users.keys()]).toEqual(['b@b.c'])
  })

  test.each([
    ['a cell', `{"users.email":{"value":${'['.repeat(100)}${']'.repeat(100)}}}`],
    ['a cell without end', `{"users.email":${'{"a":'.repeat(100_000)}`],
  ])('%s nested deeply is a failure', async (_, deep) => {
    const { success, message } = await push(result([EMAIL], [deep]))
    expect(success).toBe(false)
    expect(message).toMatch(/nested too deeply/)
  })

  const PROTOTYPE_NAMES = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
  ]

  test('names of Object.prototype are labels, columns, join keys and renames like any other', async () => {
    const fields = PROTOTYPE_NAMES.map((name) => ({ name, label: name }))
    const cells = PROTOTYPE_NAMES.map(
      (name) => `${JSON.stringify(name)}:{"value":${JSON.stringify(`of ${name}`)}}`,
    )
    const rows = PROTOTYPE_NAMES.map(
      (key) => `{"users.email":{"value":${JSON.stringify(key)}},${cells.join(',')}}`,
    )
    const { success, users } = await push(result([EMAIL, ...fields], rows), {
      property_names: '{"rename":{"__proto__":"constructor!","valueOf":"__proto__"},"exclude":["toString"]}',
    })
    expect(success).toBe(true)
    expect([...users.keys()].sort()).toEqual([...PROTOTYPE_NAMES].sort())
    for (const user of users.values()) {
      expect(user).toEqual(
        new Map([
          ['constructor!', 'of __proto__'],
          ['constructor', 'of constructor'],
          ['hasOwnProperty', 'of hasOwnProperty'],
          ['__proto__', 'of valueOf'],
          ['__defineGetter__', 'of __defineGetter__'],
        ]),
      )
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('half characters: keys are rejected, values left out, and both are told', async () => {
    const note = { name: 'users.note', label: 'Users Note' }
    const plan = { name: 'users.plan', label: 'Users Plan' }
    const { success, message, users } = await push(
      result(
        [EMAIL, note, plan],
        [
          row('a', { 'users.note': 'half \ud83d', 'users.plan': 'pro' }),
          row('b', { 'users.note': 'whole \ud83d\ude00' }),
          row('c\ud83d', { 'users.note': 'lost' }),
          row('d\0', { 'users.note': 'lost' }),
          row('e', { 'users.note': 'a\0b' }),
        ],
      ),
      { max_rejected_percent: '50' },
    )
    expect(success).toBe(true)
    expect(message).toContain('2 rejected: 2 join keys with characters that are not valid text (rows 3, 4)')
    expect(message).toContain(
      '1 value with half of a two-part character, which is not valid text, was left out.',
    )
    expect(Object.fromEntries(users)).toEqual({
      a: new Map([['Users Plan', 'pro']]),
      b: new Map([['Users Note', 'whole 😀']]),
      e: new Map([['Users Note', 'a\0b']]),
    })
  })

  test('a name with half a character or NUL is a failure', async () => {
    for (const label of ['half \ud83d', 'a\0b']) {
      const { success, message } = await push(result([EMAIL, { name: 'x', label }], [row('a', { x: 1 })]))
      expect(success).toBe(false)
      expect(message).toContain('not valid text')
    }
  })

  test('NUL in plan, title and parameters neither breaks the database nor stays', async () => {
    const plan = { scheduled_plan_id: 'p\0\ud83d', title: 'a\0b\ud83d' }
    const params = { property_names: '{"rename":{"gone\\u0000":"x"},"exclude":["\\ud83d"]}' }
    const fields = [EMAIL, { name: 'x', label: 'X' }]
    const { success, users } = await push(result(fields, [row('a', { x: 1 })]), params, plan)
    expect(success).toBe(true)
    expect(users.get('a')).toEqual(new Map([['X', 1]]))
    const refused = await push(result(fields, [row('a')]), { heap_field: 'e\0mail' })
    expect(refused.message).toContain('join key column')
  })

  test('bytes that are no UTF-8 are a failure, and what came before is accounted for', async () => {
    function* broken() {
      yield result([EMAIL, { name: 'x', label: 'X' }], [row('a', { x: 1 })]).slice(0, -2)
      yield Buffer.from(`,{"users.email":{"value":"\xff\xfe"}}]}`, 'latin1') as unknown as string
    }
    const { success, message } = await push(broken())
    expect(success).toBe(false)
    expect(message).toContain('not valid UTF-8')
  })
})
