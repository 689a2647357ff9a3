import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LookerError } from '../looker-error.ts'
import { chunksOf, wholeResult } from '../testing/bytes.ts'
import { temporaryDirectory } from '../testing/temporary-directory.ts'
import { readResult } from './read-result.ts'

const FIELDS = '"fields":{"dimensions":[{"name":"users.email","label":"Users Email","type":"string"}]}'
const HEAD = `"errors":null,${FIELDS},"timezone":"UTC"`

function result(rows: string, head = HEAD): string {
  return `{${head},"data":[${rows}]}`
}

function read(text: string | Uint8Array, size?: number) {
  return wholeResult(readResult(chunksOf(text, size)))
}

async function failure(text: string | Uint8Array): Promise<string> {
  const error = await read(text).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(LookerError)
  return (error as LookerError).message
}

describe('header', () => {
  it('is reduced to what is used, and never holds the SQL', async () => {
    const text = `{"sql":"SELECT secret","runtime":"","has_totals":false,${HEAD},"data":[]}`
    const { header } = await read(text)
    expect(header).toEqual({
      fields: {
        dimensions: [
          {
            name: 'users.email',
            label: 'Users Email',
            label_short: null,
            field_group_label: null,
            type: 'string',
            is_numeric: null,
            convert_tz: null,
          },
        ],
        measures: [],
        pivots: [],
        table_calculations: [],
      },
      pivots: [],
      timezone: 'UTC',
    })
  })

  it('comes before rows, also when its keys stand after the data', async () => {
    const { header, rows } = await read(
      `{"data":[{"a":{"value":1}},{"a":{"value":2}}],"timezone":"Europe/Berlin",${FIELDS}}`,
    )
    expect(header.timezone).toBe('Europe/Berlin')
    expect(header.fields.dimensions).toHaveLength(1)
    expect(rows).toEqual([{ a: { value: 1 } }, { a: { value: 2 } }])
  })

  it('waits for a time zone that stands after the data', async () => {
    const { header } = await read(`{${FIELDS},"data":[{}],"timezone":"Asia/Tokyo"}`)
    expect(header.timezone).toBe('Asia/Tokyo')
  })

  it('waits for pivots that stand after the data', async () => {
    const fields = '"fields":{"pivots":[{"name":"users.tier"}]},"timezone":"UTC"'
    const pivots = '"pivots":[{"key":"gold","is_total":false,"data":{"users.tier":"gold"},"metadata":{}}]'
    const { header } = await read(`{${fields},"data":[{}],${pivots}}`)
    expect(header.pivots).toEqual([{ key: 'gold', is_total: false, data: { 'users.tier': 'gold' } }])
  })

  it('does not take the data of a pivot for the rows', async () => {
    const { rows } = await read(result('{"a":1}', `"pivots":[{"key":"k","data":[{"b":2}]}],${HEAD}`))
    expect(rows).toEqual([{ a: 1 }])
  })

  it('takes the last of several values of a key', async () => {
    const { header } = await read(result('', `"timezone":"UTC",${FIELDS},"timezone":"Asia/Tokyo"`))
    expect(header.timezone).toBe('Asia/Tokyo')
  })

  it('knows the data by an escaped key', async () => {
    const { rows } = await read(`{${HEAD},"d\\u0061ta":[{"a":1}]}`)
    expect(rows).toEqual([{ a: 1 }])
  })

  it('may describe thousands of columns', async () => {
    const dimensions = Array.from({ length: 5000 }, (_, index) => ({
      name: `users.c${index}`,
      sql: 'x'.repeat(500),
    }))
    const { header } = await read(result('', `"fields":${JSON.stringify({ dimensions })},"timezone":null`))
    expect(header.fields.dimensions).toHaveLength(5000)
    expect(header.timezone).toBeNull()
  })

  it('leaves out fields without a name, and says so', async () => {
    const { header, remarks } = await read(
      result('', '"fields":{"dimensions":[{},null,{"name":"a"}],"measures":null},"timezone":1'),
    )
    expect(header.fields.dimensions.map(({ name }) => name)).toEqual(['a'])
    expect(header.timezone).toBeNull()
    expect(remarks.map(({ code }) => code)).toEqual(['unknown_member', 'unknown_field'])
  })
})

describe('rows', () => {
  it('come whole from chunks of one byte, inside UTF-8 and escapes too', async () => {
    const row = { 'users.email': { value: 'Zoë "日本" \\ 😀 } ] { [' } }
    const escaped = '{"users.email":{"value":"\\u00e9\\n\\"\\\\"}}'
    const { rows } = await read(` ${result(`${JSON.stringify(row)} , ${escaped}`)}\n`, 1)
    expect(rows).toEqual([row, { 'users.email': { value: 'é\n"\\' } }])
  })

  it('come in blocks of at most 1,000', async () => {
    const sizes: number[] = []
    const text = result(Array.from({ length: 2500 }, (_, index) => `{"a":${index}}`).join(','))
    for await (const part of readResult(chunksOf(text)))
      if (part.kind === 'rows') sizes.push(part.rows.others.length)
    expect(sizes).toEqual([1000, 1000, 500])
  })

  it('come in blocks of about 1 MB', async () => {
    const sizes: number[] = []
    const row = `{"a":"${'x'.repeat(400_000)}"}`
    const text = result([row, row, row, row].join(','))
    for await (const part of readResult(chunksOf(text, 4_000_000))) {
      if (part.kind === 'rows') sizes.push(part.rows.others.length)
    }
    expect(sizes).toEqual([3, 1])
  })

  it('come as soon as their chunk is there, and nothing is read ahead of the consumer', async () => {
    let chunks = 0
    async function* source() {
      for (const text of [`{${HEAD},"data":[{"a":1}`, ',{"a":2}', ',{"a":3}]}']) {
        chunks += 1
        yield Buffer.from(text)
      }
    }
    const seen: [unknown, number][] = []
    for await (const part of readResult(source()))
      if (part.kind === 'rows') seen.push([part.rows.others, chunks])
    expect(seen).toEqual([
      [[{ a: 1 }], 1],
      [[{ a: 2 }], 2],
      [[{ a: 3 }], 3],
    ])
  })

  it('keep the digits of integers beyond 2^53, and only of those', async () => {
    const cells =
      '"a":9007199254740993,"b":-12345678901234567890,"c":9007199254740991,"d":9789.130036830902,"e":1e400,"f":1.5e20,"g":"12345678901234567890","h":[{"value":123456789012345678}],"i":-0,"j":0.12345678901234567890,"k":12345678901234567.5'
    for (const size of [1, 7, 64 * 1024]) {
      const { rows } = await read(result(`{"x":1},{${cells}},{"y":2}`), size)
      expect(rows).toEqual([
        { x: 1 },
        {
          a: '9007199254740993',
          b: '-12345678901234567890',
          c: 9007199254740991,
          d: 9789.130036830902,
          e: '1e400',
          f: 1.5e20,
          g: '12345678901234567890',
          h: [{ value: '123456789012345678' }],
          i: -0,
          j: 0.12345678901234568,
          k: '12345678901234567.5',
        },
        { y: 2 },
      ])
    }
  })

  it('hold __proto__ and constructor as ordinary keys', async () => {
    const { rows } = await read(
      result('{"__proto__":{"value":1},"constructor":{"value":12345678901234567890}}'),
    )
    expect(Object.keys(rows[0]!)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).value).toBeUndefined()
  })

  it('may be of a megabyte', async () => {
    const value = 'ü'.repeat(1_000_000)
    const { rows } = await read(result(`{"a":"${value}"},{"a":1}`), 1000)
    expect(rows).toEqual([{ a: value }, { a: 1 }])
  })

  it('leave nothing in the spool directory, and come in order from there', async () => {
    const directory = await temporaryDirectory()
    const count = 30_000
    const rows = Array.from({ length: count }, (_, index) => `{"a":{"value":"${'x'.repeat(80)}${index}"}}`)
    const text = `{"data":[${rows.join(',\n')}],${HEAD}}`
    let seen = 0
    for await (const part of readResult(chunksOf(text), { spoolDirectory: directory })) {
      expect(readdirSync(directory)).toEqual([])
      if (part.kind !== 'rows') continue
      for (const row of part.rows.others) {
        expect((row.a as { value: string }).value).toBe(`${'x'.repeat(80)}${seen}`)
        seen += 1
      }
    }
    expect(seen).toBe(count)
  })

  it('release their source when the consumer stops', async () => {
    let closed = false
    async function* source() {
      try {
        yield Buffer.from(`{${HEAD},"data":[`)
        for (;;) yield Buffer.from('{"a":1},')
      } finally {
        closed = true
      }
    }
    for await (const part of readResult(source())) if (part.kind === 'rows') break
    expect(closed).toBe(true)
  })
})

describe('a result that is none', () => {
  it.each([
    ['', 'empty result'],
    [' \n ', 'empty result'],
    ['<!DOCTYPE html><html></html>', 'web page'],
    ['  <html>', 'web page'],
    ['Internal error', 'not JSON'],
    ['null', 'not JSON'],
    ['[{"users.email":"a"}]', 'plain list'],
    ['{}', 'which columns'],
    ['{"message":"Not found"}', 'an error instead of the result: Not found.'],
    ['{"metadata":{"fields":{}},"rows":[{"a":1}]}', 'JSON BI'],
    ['{"rows":[{"a":1}]}', 'JSON BI'],
    ['[{"looker_error":"Out of memory"}]', 'an error in the query of this Look: Out of memory.'],
    ['[{"a":1},{"looker_error":"Out of memory"}]', 'an error in the query of this Look: Out of memory.'],
    ['{"looker_error":"Out of memory"}', 'an error in the query of this Look: Out of memory.'],
    ['{"data":{"looker_error":"Out of memory"}}', 'an error in the query of this Look: Out of memory.'],
    ['{"data":[]}', 'which columns'],
    [`{"fields":[],"timezone":"UTC","data":[]}`, 'in a way that this server does not know'],
    [`{"fields":{"measures":7},"timezone":"UTC","data":[]}`, 'in a way that this server does not know'],
    [`{${HEAD}}`, 'does not hold rows'],
    [`{${HEAD},"data":null}`, 'does not hold a list of rows'],
    [`{${HEAD},"data":{"a":1}}`, 'does not hold a list of rows'],
    [`{${HEAD},"data":"[]"}`, 'does not hold a list of rows'],
    [`${result('{"a":1}')}{`, 'goes on after its end'],
    [`${result('{"a":1}')}garbage`, 'goes on after its end'],
    [`{${HEAD},"data":[],"data":[]}`, 'twice'],
    [result('{"a":1},7'), 'Row 2 of'],
    [result('{"a":1},[{"b":1}]'), 'Row 2 of'],
    [result('null'), 'Row 1 of'],
    [result('{"a":1},'), 'Row 2 of'],
    [result('{"a":1}{"a":2}'), 'not valid JSON after row 1'],
    [result('{"a":1},{"a":tru}'), 'Row 2 of'],
    [result('{"a":[1}'), 'not valid JSON'],
    [result('{"a":[1}]'), 'not valid JSON'],
    [result('{"a":012345678901234567}'), 'not valid JSON'],
    [`{"a":nul,${HEAD},"data":[]}`, 'not valid JSON'],
    [`{"a" 1,${HEAD},"data":[]}`, 'not valid JSON'],
    [`{${HEAD},,"data":[]}`, 'not valid JSON'],
  ])('%j', async (text, message) => {
    expect(await failure(text)).toContain(message)
  })

  it('says after how many rows it broke off', async () => {
    const rows = Array.from({ length: 1234 }, (_, index) => `{"a":${index}}`).join(',')
    expect(await failure(`{${HEAD},"data":[${rows},{"a":`)).toContain('broke off after 1,234 rows')
    expect(await failure(`{"data":[${rows},{"a":`)).toContain('broke off after 1,234 rows')
    expect(await failure(`{"data":[${rows}],${FIELDS}`)).toContain('broke off after 1,234 rows')
  })

  it('is refused when it is not UTF-8, in rows, header and keys', async () => {
    const [before, after] = result('{"a":"?"}').split('?')
    expect(
      await failure(Buffer.concat([Buffer.from(before!), Buffer.from([0xc3, 0x28]), Buffer.from(after!)])),
    ).toContain('UTF-8')
    expect(
      await failure(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')])),
    ).toContain('UTF-8')
  })

  it('is refused when it is nested too deeply', async () => {
    const deep = '['.repeat(100_000)
    expect(await failure(result(`{"a":${deep}`))).toContain('nested too deeply')
    expect(await failure(`{"a":${deep}`)).toContain('nested too deeply')
    expect((await read(result(`{"a":${'['.repeat(60)}${']'.repeat(60)}}`))).rows).toHaveLength(1)
  })

  it('is refused when a row is larger than 32 MB', async () => {
    async function* endless() {
      yield Buffer.from(`{${HEAD},"data":[{"a":1},{"a":"`)
      for (;;) yield Buffer.alloc(1024 * 1024, 'x')
    }
    await expect(wholeResult(readResult(endless()))).rejects.toThrow(
      "Row 2 of Looker's result is larger than 32 MB",
    )
  })

  it('is refused when its header is larger than 64 MB', async () => {
    async function* endless() {
      yield Buffer.from('{"sql":"')
      for (;;) yield Buffer.alloc(1024 * 1024, 'x')
    }
    await expect(wholeResult(readResult(endless()))).rejects.toThrow('larger than 64 MB')
  })

  it('passes on what its source throws', async () => {
    async function* source() {
      yield Buffer.from(`{${HEAD},"data":[{"a":1},`)
      throw new RangeError('reset')
    }
    await expect(wholeResult(readResult(source()))).rejects.toThrow(RangeError)
  })
})

describe('a value that breaks the JSON', () => {
  const email = '"users.email":{"value":"a@b.co"}'
  const good = `{${email}}`

  it.each([
    ['of a cell', `{${email},"users.location":{"value":33.8, -118.3}}`, '"users.location"'],
    ['that is bare', `{${email},"users.location":33.8, -118.3,"x":1}`, '"users.location"'],
    ['in the first cell', `{"users.location":{"value":33.8, -118.3},${email}}`, '"users.location"'],
    ['by its label', `{${email},"Users Location":{"value":NaN}}`, '"Users Location"'],
    ['in a column nobody announced', `{${email},"secret value":{"value":NaN}}`, null],
    ['between the members', `{${email} x}`, '"users.email"'],
    ['without a key', '{ x }', null],
  ])('%s is told by row and column, and not to be sent again', async (_what, row, column) => {
    const fields = FIELDS.replace(
      ']}',
      ',{"name":"users.location","label":"Users Location","type":"location"}]}',
    )
    const rows = [...Array<string>(60).fill(good), row, ...Array<string>(5).fill(good)].join(',')
    for (const text of [`{${fields},"timezone":"UTC","data":[${rows}]}`, `{"data":[${rows}],${fields}}`]) {
      const message = await failure(text)
      expect(message).toContain('Row 61 of')
      expect(message).toContain('Sending it again will not help')
      expect(message).not.toMatch(/33\.8|118|secret|NaN|Send the Look again/)
      if (column === null) expect(message).not.toContain('in the column')
      else expect(message).toContain(`in the column ${column}`)
    }
  })

  it('that is no UTF-8 is told by row and column, too', async () => {
    const [before, after] = result(`${good},{"users.email":{"value":"?"}}`).split('?')
    const bytes = Buffer.concat([Buffer.from(before!), Buffer.from([0xff]), Buffer.from(after!)])
    expect(await failure(bytes)).toMatch(/Row 2 .*not valid UTF-8 in the column "users.email"/)
  })
})

describe("Looker's own errors", () => {
  const errors = '"errors":[{"message":"Field users.tier no longer exists.","message_details":"SELECT 1"}]'

  it.each([
    ['before the data', `{${errors},${FIELDS},"timezone":"UTC","data":[]}`],
    ['after the data', `{${FIELDS},"timezone":"UTC","data":[{"a":1}],${errors}}`],
    ['after spooled data', `{"data":[{"a":1}],${errors},${FIELDS}}`],
    ['without rows', `{${errors},"data":null}`],
    ['without anything else', `{${errors}}`],
  ])('are a failure %s', async (_place, text) => {
    expect(await failure(text)).toBe(
      'Looker reports an error in the query of this Look: Field users.tier no longer exists. Open the Look, correct it and send it again.',
    )
  })

  it.each([0, 1, 60, 100])('in a row are a failure after the %d rows before it', async (before) => {
    const rows = Array.from({ length: 100 }, (_, index) => `{"users.email":{"value":"u${index}"}}`)
    rows.splice(before, 0, '{"looker_error":"Connection lost to host \'db7\'"}')
    for (const text of [result(rows.join(',')), `{"data":[${rows.join(',')}],${HEAD}}`]) {
      let read = 0
      const reading = async () => {
        for await (const part of readResult(chunksOf(text, 100)))
          if (part.kind === 'rows') read += part.rows.others.length
      }
      await expect(reading()).rejects.toThrow(
        'an error in the query of this Look: Connection lost to host ...',
      )
      expect(read).toBe(before)
    }
  })

  it('are none when a column is called so', async () => {
    const fields = FIELDS.replace(']}', ',{"name":"looker_error"}]}')
    const { rows } = await read(`{${fields},"timezone":null,"data":[{"looker_error":{"value":"none"}}]}`)
    expect(rows).toHaveLength(1)
  })

  it('leave what was remarked before them', async () => {
    const { remarks } = await read(result('{"a":1}', `"truncated":true,${HEAD}`))
    expect(remarks.map(({ code }) => code)).toEqual(['result_truncated'])
    const parts: string[] = []
    const text = `{"truncated":true,${FIELDS},"timezone":"UTC","data":[{"a":1}],"column_truncated":true,${errors}}`
    const reading = async () => {
      for await (const part of readResult(chunksOf(text))) {
        if (part.kind === 'remarks') parts.push(...part.remarks.map(({ code }) => code))
      }
    }
    await expect(reading()).rejects.toThrow('no longer exists')
    expect(parts).toEqual(['result_truncated', 'columns_truncated'])
  })

  it('which are mere notes are remarked', async () => {
    const noted = '"errors":[{"message":"Slow.","fatal":false}]'
    const { rows, remarks } = await read(result('{"a":1}', `${noted},${FIELDS},"timezone":"UTC"`))
    expect(rows).toHaveLength(1)
    expect(remarks).toEqual([{ kind: 'note', code: 'looker_note', text: 'Looker notes: Slow.' }])
  })

  it('are none when they are empty', async () => {
    for (const empty of ['null', '[]', '""']) {
      const text = `{"errors":${empty},"sql_error":${empty},${FIELDS},"timezone":"UTC","data":[{"a":1}]}`
      expect((await read(text)).rows).toHaveLength(1)
    }
  })
})
