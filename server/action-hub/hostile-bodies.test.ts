import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { chunk, sendRaw } from '../testing/raw-http.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

let database: TestDatabase
let bench: TestBench

const BODY_BYTES = 200_000
const EXECUTE_BYTES = 3_000_000

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({
    database,
    app: {
      httpLimits: {
        headersMs: 1_000,
        bodySilenceMs: 500,
        checkMs: 100,
        lingerMs: 500,
        bodyBytes: BODY_BYTES,
        executeBytes: EXECUTE_BYTES,
      },
    },
  })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

const AUTHORIZATION = `authorization: Token token="${TOKEN}"\r\n`

function head(path: string, headers: string = AUTHORIZATION): string {
  return `POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${headers}\r\n`
}

async function* pieces(start: string, piece: string, pauseMs: number, count = Number.POSITIVE_INFINITY) {
  yield start
  for (let sent = 0; sent < count; sent += 1) {
    yield piece
    if (pauseMs > 0) await sleep(pauseMs)
  }
}

/** What stands in an answer, without newlines and the marks of chunks. */
function json(body: string): unknown {
  return JSON.parse(/\{[\s\S]*\}/.exec(body)?.[0] ?? 'null')
}

describe('a caller who takes his time', () => {
  test('over the headers is cut off', async () => {
    const answer = await sendRaw(bench.url, pieces('POST / HTTP/1.1\r\nhost: x\r\n', 'x-a: b\r\n', 100))
    expect(answer.status).toBe(408)
    expect(json(answer.body)).toEqual({ success: false, error: 'The request took too long.' })
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    ['/actions/heap/form', 400],
    ['/actions/heap/execute', 200],
  ])('over the body of %s is cut off', async (path, status) => {
    const answer = await sendRaw(bench.url, [head(path), chunk('{"type":')])
    expect(answer.text).toContain('nothing more came for 0.5 seconds')
    expect(answer.status).toBe(status)
  })

  test('but does send is listened to', async () => {
    async function* slowly() {
      yield head('/actions/heap/execute') + chunk('{"type":"cell"')
      for (let sent = 0; sent < 10; sent += 1) {
        await sleep(100)
        yield chunk(' ')
      }
      yield `${chunk('}')}0\r\n\r\n`
    }
    const answer = await sendRaw(bench.url, slowly())
    expect(json(answer.body)).toMatchObject({
      looker: { success: false, message: expect.stringContaining('Look') },
    })
  })
})

describe('a body without end', () => {
  const spaces = chunk(' '.repeat(16_000))
  const letters = chunk('x'.repeat(16_000))

  test.each([
    ['white space', '/actions/heap/execute', '', spaces],
    ['white space', '/actions/heap/form', '', spaces],
    ['a pushed result', '/actions/heap/execute', chunk('{"attachment":{"data":"'), letters],
  ])('of %s to %s is refused', async (_, path, start, piece) => {
    const answer = await sendRaw(bench.url, pieces(head(path) + start, piece, 0))
    expect(answer.text).toContain('The request is larger than the action server takes.')
  })

  test('of a key or a value is refused before that', async () => {
    for (const start of ['{"', '{"a":"', '{"form_params":{"a":[1,"']) {
      const answer = await sendRaw(bench.url, pieces(head('/actions/heap/form') + chunk(start), letters, 0))
      expect(answer.status).toBe(413)
    }
  })

  test.each([
    ['a wrong token', '/actions/heap/execute', 'authorization: Token token="x"\r\n', 403],
    ['no token', '/', '', 200],
    ['an address with nothing', '/nothing', '', 404],
  ])('is not read for ever for %s', { timeout: 60_000 }, async (_, path, headers, status) => {
    const answer = await sendRaw(bench.url, pieces(head(path, headers), spaces, 20))
    expect(answer.status).toBe(status)
  })
})

describe('a nested or cut body', () => {
  test.each([
    ['{"a":'.repeat(100_000), 'nested too deeply'],
    [`{"form_params":${'['.repeat(100)}`, 'nested too deeply'],
    ['{"a":1}{"b":2}', 'not valid JSON'],
    ['{"attachment":{"data":""},"attachment":{"data":""}}', 'twice'],
    ['{"a":"\ud800"}'.replace('\ud800', '\xff'), 'not valid JSON'],
  ])('%# is a short failure', async (body, message) => {
    const answer = await sendRaw(bench.url, [
      `${head('/actions/heap/execute')}${Buffer.byteLength(body, 'latin1').toString(16)}\r\n`,
      Buffer.from(body, 'latin1'),
      '\r\n0\r\n\r\n',
    ])
    expect(json(answer.body)).toMatchObject({
      looker: { success: false, message: expect.stringContaining(message) },
    })
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', '\ud800'])(
    'a form with the parameter %j is the form',
    async (name) => {
      const params = `{${JSON.stringify(name)}:{"property_type":"account"},"property_type":"user"}`
      const response = await bench.app.inject({
        method: 'POST',
        url: '/actions/heap/form',
        headers: { authorization: `Token token="${TOKEN}"` },
        payload: `{"form_params":${params}}`,
      })
      expect(response.statusCode).toBe(200)
      expect(response.json().fields).toHaveLength(11)
    },
  )
})

describe('compressed requests', () => {
  test.each(['/', '/actions/heap/form', '/actions/heap/execute'])('to %s are refused', async (path) => {
    const response = await fetch(bench.url + path, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip', authorization: `Token token="${TOKEN}"` },
      body: gzipSync('{}'),
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toEqual({
      success: false,
      error: 'Compressed requests are not taken. Send the request without Content-Encoding.',
    })
  })
})
