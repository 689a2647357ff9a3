import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleRoute, chooseEncoding } from './bundle.ts'

const SCRIPT = '(() => { console.log("a script that repeats itself") })();\n'.repeat(5_000)

let directory: string
let path: string
let app: FastifyInstance

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'heap-import-bundle-'))
  path = join(directory, 'bundle.js')
  app = fastify()
  await app.register(bundleRoute, { path })
})
afterAll(async () => {
  await app.close()
  await rm(directory, { recursive: true, force: true })
})

const get = (headers: Record<string, string> = {}, query = '') =>
  app.inject({ url: `/extension/bundle.js${query}`, headers })

describe('the bundle', () => {
  test('that is not built says how', async () => {
    const answer = await get()
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('npm run build')
    await writeFile(path, SCRIPT)
  })

  test.each([
    [{}, undefined, (body: Buffer) => body],
    [{ 'accept-encoding': 'gzip, deflate' }, 'gzip', gunzipSync],
    [{ 'accept-encoding': 'gzip, deflate, br, zstd' }, 'br', brotliDecompressSync],
  ])('is answered to %j as %s', async (headers, encoding, unpack) => {
    const answer = await get(headers)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers.vary).toContain('accept-encoding')
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(unpack(answer.rawPayload).toString()).toBe(SCRIPT)
    if (encoding) expect(answer.rawPayload.length).toBeLessThan(SCRIPT.length / 10)
  })

  test('is not sent again to who has it, in the same encoding', async () => {
    const { etag } = (await get({ 'accept-encoding': 'br' })).headers
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await get({ 'accept-encoding': 'br', 'if-none-match': String(header) })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers['cache-control']).toContain('max-age=300')
    }
    expect((await get({ 'accept-encoding': 'gzip', 'if-none-match': String(etag) })).statusCode).toBe(200)
    expect((await get({ 'accept-encoding': 'br', 'if-none-match': '"x"' })).statusCode).toBe(200)
  })

  test('may be kept for ever at an address that carries its hash, and only there', async () => {
    const hash = String((await get()).headers.etag).slice(1, 33)
    const control = async (query: string) => (await get({}, query)).headers['cache-control']
    expect(await control(`?v=${hash}`)).toBe('public, max-age=31536000, immutable')
    for (const query of ['', '?v=', '?v=other', `?v=${hash}0`]) {
      expect(await control(query)).toBe('public, max-age=300')
    }
  })

  test('that is built anew is answered at once', async () => {
    const before = (await get({ 'accept-encoding': 'br' })).headers.etag
    await writeFile(path, `${SCRIPT}//`)
    await utimes(path, new Date(), new Date(Date.now() + 5_000))
    const after = await get({ 'accept-encoding': 'br' })
    expect(after.headers.etag).not.toBe(before)
    expect(brotliDecompressSync(after.rawPayload).toString()).toBe(`${SCRIPT}//`)
  })
})

describe('the encoding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0.1', 'br'],
    ['*', 'br'],
    ['br;q=0, *;q=0.5', 'gzip'],
    ['GZIP', 'gzip'],
    ['zstd', 'identity'],
    ['identity', 'identity'],
    ['br;q=x', 'identity'],
  ])('%s -> %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding)
  })

  test('of any header is one that was not refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const encoding = chooseEncoding(text)
        expect(encoding === 'identity' || text.toLowerCase().includes(encoding) || text.includes('*')).toBe(
          true,
        )
      }),
    )
  })
})
