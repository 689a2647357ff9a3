import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { sendRaw } from '../testing/raw-http.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

let database: TestDatabase
let bench: TestBench

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

describe('tokens', () => {
  const ask = (authorization: string) =>
    sendRaw(bench.url, [
      `POST /actions/heap/form HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n${authorization}connection: close\r\n\r\n`,
    ])

  test.each([
    ['empty', 'authorization: Token token=""\r\n'],
    ['of other characters', 'authorization: Token token="\xff\xfe\x80"\r\n'],
    ['with quotes', `authorization: Token token="${TOKEN}"x"\r\n`],
    ['with a slash', 'authorization: Token token="a/b"\r\n'],
    ['of thousands of characters', `authorization: Token token="${'"'.repeat(14_000)}"\r\n`],
    ['after a wrong one', `authorization: Token token="x"\r\nauthorization: Token token="${TOKEN}"\r\n`],
    ['of another scheme', `authorization: Bearer ${TOKEN}\r\n`],
  ])('%s are refused', async (_, authorization) => {
    const answer = await ask(authorization)
    expect(answer.status).toBe(403)
    expect(answer.text).not.toContain(TOKEN)
  })

  test('that fit no header are refused', async () => {
    const answer = await ask(`authorization: Token token="${'x'.repeat(20_000)}"\r\n`)
    expect(answer.status).toBe(431)
    expect(JSON.parse(answer.body)).toEqual({ success: false, error: 'The headers are too large.' })
  })

  test.each([
    ['one network of IPv6', (index: number) => `2001:db8:1:2:${index.toString(16)}::1`, 429],
    ['one address of IPv4, written as IPv6', () => '::ffff:192.0.2.1', 429],
    ['many addresses', (index: number) => `192.0.2.${index}`, 403],
  ])('guessed from %s', async (_, address, status) => {
    const statuses: number[] = []
    for (let index = 2; index < 45; index += 1) {
      const { statusCode } = await bench.app.inject({
        method: 'POST',
        url: '/actions/heap/form',
        remoteAddress: address(index),
        headers: { authorization: 'Token token="guess"', 'x-forwarded-for': `198.51.100.${index}` },
      })
      statuses.push(statusCode)
    }
    expect(statuses.at(-1)).toBe(status)
  })
})

describe('every answer has security headers', () => {
  test.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['POST', '/', 200],
    ['GET', '/healthz', 200],
    ['GET', '/nothing', 404],
    ['OPTIONS', '/', 404],
    ['TRACE', '/', 404],
    ['DELETE', '/actions/heap/execute', 404],
    ['GET', '/actions/heap/execute', 404],
    ['POST', '/actions/heap/form', 403],
    ['POST', '/actions/heap/execute', 403],
    ['GET', '/%', 400],
    ['GET', '/%c0%af', 400],
  ])('%s %s', async (method, path, status) => {
    const answer = await sendRaw(bench.url, [
      `${method} ${path} HTTP/1.1\r\nhost: x\r\nx-secret: y\r\nconnection: close\r\n\r\n`,
    ])
    expect(answer.status).toBe(status)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.body).not.toContain('x-secret')
    expect(answer.body.length).toBeLessThan(5_000)
  })

  test('a delivery', async () => {
    const response = await fetch(`${bench.url}/actions/heap/execute`, {
      method: 'POST',
      headers: { authorization: `Token token="${TOKEN}"` },
      body: '{}',
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test.each(['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nhost: x\r\na b: c\r\n\r\n'])(
    'what is no request: %j',
    async (bytes) => {
      const answer = await sendRaw(bench.url, [bytes])
      expect(answer.status).toBe(400)
    },
  )
})
