import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

const METRICS_TOKEN = 'the-token-of-who-collects-the-metrics'
const NEXT_TOKEN = 'the-next-token-of-who-collects-metrics'

let databases: TestDatabase[] = []
let plain: TestBench
let guarded: TestBench

beforeAll(async () => {
  databases = [await createPostgresDatabase(), await createPostgresDatabase()]
  plain = await createTestBench({ database: databases[0]! })
  guarded = await createTestBench({
    database: databases[1]!,
    environment: { METRICS_TOKEN: `${NEXT_TOKEN},${METRICS_TOKEN}` },
  })
}, 120_000)
afterAll(async () => {
  await plain?.close()
  await guarded?.close()
  for (const database of databases) await database.remove()
})

const status = async (bench: TestBench, headers: Record<string, string> = {}) =>
  (await fetch(`${bench.url}/metrics`, { headers })).status

test.each(['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'])(
  'without METRICS_TOKEN who calls on this machine may read them, but not through a proxy (%s)',
  async (header) => {
    expect(await status(plain)).toBe(200)
    expect(await status(plain, { [header]: '127.0.0.1' })).toBe(403)
  },
)

test.each(['192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', 'fd00::1'])('%s may not', async (remoteAddress) => {
  const answer = await plain.app.inject({ url: '/metrics', remoteAddress })
  expect(answer.statusCode).toBe(403)
  expect(answer.body).toContain('METRICS_TOKEN')
})

test('with METRICS_TOKEN who presents it, from anywhere, and nobody else', async () => {
  for (const token of [METRICS_TOKEN, NEXT_TOKEN]) {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await guarded.app.inject({ url: '/metrics', remoteAddress: '192.0.2.1', headers })
    expect(answer.statusCode).toBe(200)
  }
  expect(await status(guarded)).toBe(403)
  expect(await status(guarded, { authorization: `Bearer ${TOKEN}` })).toBe(403)
  expect(await status(guarded, { authorization: `Bearer ${METRICS_TOKEN}x` })).toBe(403)
  const guesses = []
  for (let guess = 0; guess < 40; guess += 1)
    guesses.push(await status(guarded, { authorization: `Bearer ${guess}` }))
  expect(guesses.at(-1)).toBe(429)
  expect(await status(guarded, { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200)
})
