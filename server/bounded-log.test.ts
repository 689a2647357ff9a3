import { Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildApp } from './app.ts'
import { boundedLine } from './bounded-log.ts'
import { makeToken } from './connections/token.ts'
import { createPgliteDirectory } from './testing/engines.ts'

const MOST = 16_384

test('a short line stays as it is', () => {
  const line = '{"level":30,"msg":"x"}\n'
  expect(boundedLine(line)).toBe(line)
})

test('any line is short JSON that keeps its level and time', () => {
  const value = fc.jsonValue({ maxDepth: 8 })
  const record = fc.record({
    level: fc.constant(40),
    time: fc.nat(),
    msg: fc.string(),
    more: value,
    err: value,
  })
  fc.assert(
    fc.property(record, fc.integer({ min: 1, max: 60 }), (entry, times) => {
      const large = {
        ...entry,
        list: Array.from({ length: times }, () => ({ text: 'long text '.repeat(300) })),
      }
      const line = boundedLine(`${JSON.stringify(large)}\n`)
      expect(line.length).toBeLessThanOrEqual(MOST + 1)
      expect(line.endsWith('\n')).toBe(true)
      expect(JSON.parse(line)).toMatchObject({ level: 40, time: entry.time })
    }),
  )
})

test('what is no JSON is not written', () => {
  expect(JSON.parse(boundedLine('x'.repeat(20_000)))).toMatchObject({ level: 50, cut: true })
})

test('the log of a server is bounded, and holds no token that it made', { timeout: 120_000 }, async () => {
  const database = await createPgliteDirectory()
  const lines: string[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString())
      done()
    },
  })
  const token = makeToken('extension')
  const app = await buildApp({
    environment: { ...database.environment, LOG_LEVEL: 'info' },
    showToken: () => undefined,
    logger: { level: 'info', stream },
  })
  try {
    app.log.error({ err: new Error('long '.repeat(20_000)) }, 'x')
    app.log.info(`hello ${token}`)
    await app.inject({ url: `/api/${token.toUpperCase()}/${'a'.repeat(20_000)}` })
  } finally {
    await app.close()
    await database.remove()
  }
  expect(lines.length).toBeGreaterThan(3)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(MOST + 1)
  expect(lines.join('').toLowerCase()).not.toContain(token.toLowerCase())
  expect(lines.join('')).toContain('hello …')
})
