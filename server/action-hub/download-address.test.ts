import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

vi.mock('node:dns/promises', { spy: true })
const resolve = vi.mocked(lookup as unknown as (host: string) => Promise<LookupAddress[]>)

let database: TestDatabase
let bench: TestBench
let requests: IncomingMessage[] = []

/** A server inside the network that nobody outside may reach through us. */
const inner = createServer((request, response) => {
  requests.push(request)
  const location = new URL(request.url ?? '', 'http://x').searchParams.get('to')
  if (location === null) response.end('{"fields":{},"timezone":null,"data":[]}')
  else response.writeHead(302, { location }).end()
})

async function createBench(environment: Record<string, string>): Promise<void> {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database, environment })
}

beforeAll(async () => {
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  requests = []
})
afterAll(() => {
  inner.close()
})

const SECRET = 'ONE-TIME-TOKEN'

async function deliver(downloadUrl: string): Promise<string> {
  const response = await fetch(`${bench.url}/actions/heap/execute`, {
    method: 'POST',
    headers: { authorization: `Token token="${TOKEN}"` },
    body: JSON.stringify({
      type: 'query',
      scheduled_plan: { scheduled_plan_id: '1', download_url: downloadUrl },
      form_params: { env_id: '11', property_type: 'user', heap_field: 'Users Email' },
    }),
  })
  expect(response.status).toBe(200)
  const { looker } = (await response.json()) as { looker: { success: boolean; message: string } }
  expect(looker.success).toBe(false)
  expect(looker.message).not.toContain(SECRET)
  expect(looker.message.length).toBeLessThan(500)
  return looker.message
}

const port = () => (inner.address() as AddressInfo).port

describe('without LOOKER_URL', () => {
  beforeAll(() => createBench({ LOOKER_URL: '' }))
  afterAll(async () => {
    await bench.close()
    await database.remove()
  })

  test.each([
    'http://127.0.0.1:PORT/SECRET',
    'https://127.0.0.1:PORT/SECRET',
    'https://127.1:PORT/SECRET',
    'https://2130706433:PORT/SECRET',
    'https://0x7f000001:PORT/SECRET',
    'https://0177.0.0.1:PORT/SECRET',
    'https://0:PORT/SECRET',
    'https://[::1]:PORT/SECRET',
    'https://[::ffff:127.0.0.1]:PORT/SECRET',
    'https://[::ffff:7f00:1]:PORT/SECRET',
    'https://[64:ff9b::7f00:1]:PORT/SECRET',
    'https://[fe80::1]:PORT/SECRET',
    'https://①②⑦.0.0.1:PORT/SECRET',
    'https://169.254.169.254/latest/meta-data/SECRET',
    'https://user:SECRET@8.8.8.8/',
    'https://8.8.8.8@127.0.0.1:PORT/SECRET',
    'http:127.0.0.1:PORT/SECRET',
    '//127.0.0.1:PORT/SECRET',
    'file:///etc/passwd?SECRET',
    'ftp://127.0.0.1:PORT/SECRET',
    'gopher://127.0.0.1:PORT/SECRET',
    'data:application/json,SECRET',
    'javascript:SECRET',
    'SECRET',
  ])('%s is not asked', async (address) => {
    const message = await deliver(address.replace('PORT', String(port())).replaceAll('SECRET', SECRET))
    expect(message).toMatch(/download address|cannot be found|could not be reached/)
    expect(requests).toEqual([])
  })

  test('a host without end is not asked', async () => {
    expect(await deliver(`https://${'x'.repeat(100_000)}.example/${SECRET}`)).toContain('not a web address')
  })

  test.each([
    ['localhost', [{ address: '127.0.0.1', family: 4 }]],
    ['localhost.', [{ address: '::1', family: 6 }]],
    [
      'public and private',
      [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ],
    ['mapped', [{ address: '::ffff:127.0.0.1', family: 6 }]],
  ])('a host that resolves to %s is not asked', async (_, addresses) => {
    resolve.mockResolvedValueOnce(addresses)
    const message = await deliver(`https://looker.example:${port()}/${SECRET}`)
    expect(message).toContain('https://looker.example')
    expect(message).toContain('not on the public Internet')
    expect(requests).toEqual([])
  })

  test('a host whose address changes is judged by the address it is asked at, at every call', async () => {
    resolve.mockClear()
    for (const address of ['127.0.0.1', '10.0.0.1']) {
      resolve.mockResolvedValueOnce([{ address, family: 4 }])
      expect(await deliver(`https://looker.example:${port()}/${SECRET}`)).toContain(
        'not on the public Internet',
      )
    }
    expect(resolve).toHaveBeenCalledTimes(2)
    expect(requests).toEqual([])
  })
})

describe('with LOOKER_URL', () => {
  beforeAll(() => createBench({ LOOKER_URL: `http://127.0.0.1:${port()}` }))
  afterAll(async () => {
    await bench.close()
    await database.remove()
  })

  test.each([
    'http://127.0.0.1:9/SECRET',
    'https://127.0.0.1:PORT/SECRET',
    'http://localhost:PORT/SECRET',
    'http://[::ffff:127.0.0.1]:PORT/SECRET',
    'http://user@127.0.0.1:PORT/SECRET',
    'http://127.0.0.1:PORT@evil.example/SECRET',
    'http://127.0.0.1:PORT.evil.example/SECRET',
    'https://looker.example/SECRET',
  ])('%s is not asked', async (address) => {
    await deliver(address.replace('PORT', String(port())).replaceAll('SECRET', SECRET))
    expect(requests).toEqual([])
  })

  test.each([
    'http://169.254.169.254/latest/SECRET',
    'http://localhost:PORT/SECRET',
    'https://looker.example/SECRET',
    'file:///etc/passwd',
    'http://user:SECRET@127.0.0.1:PORT/',
  ])('a redirect to %s is not followed', async (address) => {
    const target = address.replace('PORT', String(port())).replace('SECRET', SECRET)
    await deliver(`http://127.0.0.1:${port()}/${SECRET}?to=${encodeURIComponent(target)}`)
    expect(requests).toHaveLength(1)
  })

  test('a listed address is asked, without our token', async () => {
    const message = await deliver(`http://127.0.0.1:${port()}/${SECRET}`)
    expect(message).toContain('no column')
    expect(requests).toHaveLength(1)
    expect(JSON.stringify(requests[0]?.headers)).not.toContain(TOKEN)
  })
})
