import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EnvironmentListSchema } from '../../shared/api/environments.ts'
import type { FormField } from '../../shared/settings/form-field.ts'
import { createApiClient } from '../testing/api-client.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

let database: TestDatabase
let bench: TestBench

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({
    database,
    looks: [sampleLook({ id: 'users', rows: () => users(3) })],
    environment: { HEAP_ENVIRONMENTS: 'Production=11, Europe=55@eu' },
  })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

async function environmentField(params: Record<string, unknown> = {}): Promise<FormField | undefined> {
  const answer = await fetch(`${bench.url}/actions/heap/form`, {
    method: 'POST',
    headers: { authorization: `Token token="${TOKEN}"` },
    body: JSON.stringify({ form_params: params }),
  })
  const { fields } = (await answer.json()) as { fields: FormField[] }
  return fields.find(({ name }) => name === 'env_id')
}

describe('the form', () => {
  test('offers the environments of the server', async () => {
    expect(await environmentField()).toMatchObject({
      type: 'select',
      required: true,
      options: [
        { name: '11', label: 'Production (11)' },
        { name: '55', label: 'Europe (55)' },
      ],
    })
  })

  test.each(['99', 99])('says of a schedule into another one what to do (%j)', async (chosen) => {
    const field = await environmentField({ env_id: chosen })
    expect(field?.description).toMatch(/may not write the Heap environment 99.*"Production \(11\)"/)
  })

  test('says nothing of one that it offers', async () => {
    expect((await environmentField({ env_id: '55' }))?.description).not.toContain('may not')
  })
})

test('a delivery into another environment is refused by name, and nothing is sent', async () => {
  const settings = { property_type: 'user', heap_field: 'Users Email', match_by: 'identity' }
  const refused = await bench.looker.deliver('users', { ...settings, env_id: '99' })
  expect(refused).toMatchObject({
    status: 'failure',
    message: expect.stringMatching(
      /Heap environment 99\..*"Production \(11\)", "Europe \(55\)".*Nothing was/,
    ),
  })
  expect(bench.heap.users('99').size).toBe(0)
  const taken = await bench.looker.deliver('users', { ...settings, env_id: '55' })
  expect(taken).toMatchObject({ status: 'success' })
  expect(bench.heap.users('55').size).toBe(3)
})

test('the API lists what may be written', async () => {
  const api = await createApiClient(bench.url, TOKEN, bench.app.config.lookerOrigins[0] ?? '')
  expect(await api.get('/environments', EnvironmentListSchema)).toEqual({
    environments: [
      { id: '11', name: 'Production', region: 'us' },
      { id: '55', name: 'Europe', region: 'eu' },
    ],
  })
})

test('what a connection may no longer write is not retried either', { timeout: 60_000 }, async () => {
  const sync = 'a-sync-of-the-environments-test'
  bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: ['user2@example.com'] } }] })
  const settings = { property_type: 'user', heap_field: 'Users Email', match_by: 'identity' }
  await bench.looker.deliver('users', { ...settings, env_id: '55', sync_id: sync })
  const { id } = await bench.newestImport()
  await bench.app.repositories.connections.narrow('default', { environments: ['11'] })
  await waitFor(async () => (await environmentField())?.options?.length === 1 || undefined, 'the narrowing')
  expect((await environmentField())?.default).toBe('11')
  const api = await createApiClient(bench.url, TOKEN, bench.app.config.lookerOrigins[0] ?? '')
  const problem = await api.problem(`/imports/${id}/retry?sync=${sync}`, { method: 'POST' })
  expect(problem).toMatchObject({
    code: 'nothing_to_retry',
    detail: expect.stringContaining('may not write the Heap environment 55'),
  })
})

test('environments that only a connection names are of the region of the server', {
  timeout: 120_000,
}, async () => {
  const own = await createPgliteDirectory()
  const environment = { HEAP_API_URL: 'https://c.eu.heap-api.com' }
  const other = await createTestBench({ database: own, looks: [], environment })
  try {
    await other.app.repositories.connections.narrow('default', { environments: ['77'] })
    const api = await createApiClient(other.url, TOKEN, other.app.config.lookerOrigins[0] ?? '')
    const list = () => api.get('/environments', EnvironmentListSchema)
    await waitFor(async () => (await list()).environments !== null, 'the narrowing')
    expect(await list()).toEqual({ environments: [{ id: '77', name: '77', region: 'eu' }] })
  } finally {
    await other.close()
    await own.remove()
  }
})
