import { expect, test } from 'vitest'
import { buildApp } from './app.ts'
import type { Environment } from './config.ts'
import { heapUrlOf, toConfig } from './config.ts'

const DEFAULTS: Environment = {
  PORT: 8080,
  HOST: '0.0.0.0',
  DATA_DIR: './data',
  RESPONSE_DEADLINE: 480,
  READ_CONCURRENCY: 8,
  RETENTION_DAYS: 90,
  REJECTED_ROWS_DAYS: 14,
  HEAP_CONCURRENCY: 4,
  HEAP_BATCH_SIZE: 1000,
  LOG_LEVEL: 'info',
}

test('origins of LOOKER_URL are cut out of a list of URLs', () => {
  const config = toConfig({ ...DEFAULTS, LOOKER_URL: 'https://a.example.com/, https://b.example.com:9999' })
  expect(config.lookerOrigins).toEqual(['https://a.example.com', 'https://b.example.com:9999'])
  expect(toConfig({ ...DEFAULTS, LOOKER_URL: '' }).lookerOrigins).toEqual([])
})

test('slashes at the end of URLs are left out, and an empty variable counts as unset', () => {
  const config = toConfig({
    ...DEFAULTS,
    PUBLIC_URL: 'https://hub.example.com/',
    HEAP_API_URL: 'https://c.eu.heap-api.com/',
    DATABASE_URL: '',
    LOOKER_TOKEN: '',
  })
  expect(config.publicUrl).toBe('https://hub.example.com')
  expect(config.heapApiUrl).toBe('https://c.eu.heap-api.com')
  expect(config.databaseUrl).toBeUndefined()
  expect(config.tokens).toEqual({ action: [], extension: [] })
})

test.each([
  ['LOOKER_TOKEN', 'x'.repeat(31)],
  ['LOOKER_TOKEN', `${'x'.repeat(40)},${'y'.repeat(31)}`],
  ['LOOKER_TOKEN', `${'x'.repeat(40)},`],
  ['LOOKER_TOKEN', `"${'x'.repeat(40)}`],
  ['EXTENSION_SECRET', 'short'],
  ['METRICS_TOKEN', 'short'],
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PUBLIC_URL', 'hub.example.com'],
  ['LOOKER_URL', 'https://a.example.com,looker'],
  ['HEAP_API_URL', 'ftp://heap'],
  ['HEAP_ENVIRONMENTS', 'Production'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['RESPONSE_DEADLINE', '-1'],
  ['READ_CONCURRENCY', '0'],
  ['RETENTION_DAYS', '0'],
  ['REJECTED_ROWS_DAYS', 'none'],
  ['HEAP_CONCURRENCY', '0'],
  ['HEAP_BATCH_SIZE', '1001'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s ends the start with an error that names it', async (name, value) => {
  const started = buildApp({ environment: { [name]: value }, showToken: () => undefined, logger: false })
  await expect(started).rejects.toThrow(name)
})

test('each environment has the host of its region, and HEAP_API_URL wins', () => {
  const HEAP_ENVIRONMENTS = 'Production=11, Europe=55@eu'
  const byRegion = toConfig({ ...DEFAULTS, HEAP_ENVIRONMENTS })
  expect(['11', '55', '99'].map((id) => heapUrlOf(byRegion, id))).toEqual([
    'https://heapanalytics.com',
    'https://c.eu.heap-api.com',
    'https://heapanalytics.com',
  ])
  const set = toConfig({ ...DEFAULTS, HEAP_ENVIRONMENTS, HEAP_API_URL: 'http://127.0.0.1:1/' })
  expect(['11', '55'].map((id) => heapUrlOf(set, id))).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:1'])
})

test('an environment that names no region is in that of HEAP_API_URL, and another region is a contradiction', () => {
  const HEAP_API_URL = 'https://c.eu.heap-api.com'
  const { heapEnvironments } = toConfig({ ...DEFAULTS, HEAP_API_URL, HEAP_ENVIRONMENTS: 'Europe=55' })
  expect(heapEnvironments).toEqual([{ id: '55', name: 'Europe', region: 'eu' }])
  expect(() => toConfig({ ...DEFAULTS, HEAP_API_URL, HEAP_ENVIRONMENTS: 'Production=11@us' })).toThrow(
    /HEAP_API_URL is the host of the region eu.*Production in us.*Leave HEAP_API_URL unset/,
  )
})

test('several tokens are good at once, and the extension has none of the action', () => {
  const [old, next, secret] = ['o', 'n', 's'].map((letter) => letter.repeat(32)) as [string, string, string]
  const { tokens } = toConfig({ ...DEFAULTS, LOOKER_TOKEN: `${next}, ${old}`, EXTENSION_SECRET: secret })
  expect(tokens).toEqual({ action: [next, old], extension: [secret] })
  expect(() => toConfig({ ...DEFAULTS, LOOKER_TOKEN: old, EXTENSION_SECRET: `${secret},${old}` })).toThrow(
    /EXTENSION_SECRET must not be LOOKER_TOKEN/,
  )
})

test('a weak token is told with what to do, and not shown', () => {
  const weak = () => toConfig({ ...DEFAULTS, LOOKER_TOKEN: 'hunter2' })
  expect(weak).toThrow(/LOOKER_TOKEN is too short.*32 are needed.*openssl rand/)
  expect(weak).not.toThrow(/hunter2/)
})
