import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from './testing/engines.ts'
import { createPostgresDatabase } from './testing/engines.ts'
import type { TestBench } from './testing/test-bench.ts'
import { createTestBench } from './testing/test-bench.ts'

/** For those who run the servers, in their own network. */
const INSIDE = ['/healthz', '/readyz', '/metrics']

const caddyfile = readFileSync(join(import.meta.dirname, '..', 'Caddyfile'), 'utf8')
const needed = (/^\t@needed path (.+)$/m.exec(caddyfile)?.[1] ?? '').split(' ')

let database: TestDatabase
let bench: TestBench
const routes = new Set<string>()

beforeAll(async () => {
  database = await createPostgresDatabase()
  bench = await createTestBench({ database, app: { onRoute: (url) => routes.add(url) } })
}, 120_000)
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

/** As Caddy compares: `*` at the end stands for anything, all else is exact. */
const isForwarded = (url: string) =>
  needed.some((path) => (path.endsWith('*') ? url.startsWith(path.slice(0, -1)) : url === path))

test('the Caddyfile forwards every route that Looker and browsers need, and no other', () => {
  expect(routes.size).toBeGreaterThan(10)
  expect([...routes].filter((url) => !isForwarded(url) && !url.endsWith('*')).sort()).toEqual(
    [...INSIDE].sort(),
  )
  for (const path of needed) {
    const isThere = [...routes].some((url) =>
      path.endsWith('*') ? url.startsWith(path.slice(0, -1)) : url === path,
    )
    expect(isThere, path).toBe(true)
  }
  expect(caddyfile).toMatch(/handle @needed \{\s+reverse_proxy/)
  expect(caddyfile.match(/reverse_proxy/g)).toHaveLength(1)
  expect(caddyfile).toMatch(/handle \{\s+respond 404\s+\}/)
})
