import { afterAll, beforeAll, expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { VersionSchema } from '../../../shared/api/version.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { createApiClient } from '../../testing/api-client.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPgliteDirectory } from '../../testing/engines.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../testing/test-bench.ts'

let database: TestDatabase
let bench: TestBench
let api: ApiClient

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database })
  api = await createApiClient(bench.url, TOKEN, 'https://acme.cloud.looker.com')
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

test('the server tells the version of package.json, and remembers who called', async () => {
  expect(await api.get('/version', VersionSchema)).toEqual({ server: packageJson.version, extensions: [] })
  await api.get('/version?extension=1.2.3', VersionSchema)
  const { extensions } = await api.get('/version?extension=1.2.3', VersionSchema)
  expect(extensions).toEqual(['1.2.3'])
})

test('many made-up versions fill nothing, and what is none is refused', async () => {
  for (let patch = 0; patch < 30; patch += 1) await api.get(`/version?extension=9.0.${patch}`, VersionSchema)
  const { extensions } = await api.get('/version', VersionSchema)
  expect(extensions).toHaveLength(20)
  expect(extensions.at(-1)).toBe('9.0.29')
  expect((await api.problem('/version?extension=%3Cscript%3E')).status).toBe(400)
})
