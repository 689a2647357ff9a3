import { once } from 'node:events'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { HTTP_LIMITS } from '../http-limits.ts'
import { boundedConnectionsPlugin } from './bounded-connections.ts'

test('a connection above the bound is closed and told of, and those that are open go on', async () => {
  let log = ''
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      log += line.toString()
      done()
    },
  })
  const app = fastify({ logger: { stream }, forceCloseConnections: true })
  app.decorate('limits', { ...HTTP_LIMITS, connections: 2 })
  await app.register(boundedConnectionsPlugin)
  app.get('/', async () => 'fine')
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const open = () => connect(Number(new URL(address).port), '127.0.0.1')
  try {
    const first = open()
    const second = open()
    await Promise.all([once(first, 'connect'), once(second, 'connect')])
    await expect
      .poll(() => new Promise((resolve) => app.server.getConnections((_, count) => resolve(count))))
      .toBe(2)
    const third = open()
    third.on('error', () => undefined)
    await once(third, 'close')
    first.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    const [answer] = await once(first, 'data')
    expect(String(answer)).toContain('200 OK')
    second.destroy()
    await expect.poll(async () => (await fetch(address).catch(() => null))?.status).toBe(200)
    expect(log).toMatch(/"dropped":1,"connections":2.*turned away/)
  } finally {
    await app.close()
  }
})
