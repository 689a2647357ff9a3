import { Writable } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { serializeRequest } from './serialize-request.ts'

test('the log of a request does not hold what is asked for', async () => {
  let log = ''
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      log += line.toString()
      done()
    },
  })
  const app = fastify({ logger: { stream, serializers: { req: serializeRequest } } })
  app.get('/rows', async () => 'x')
  app.setNotFoundHandler(async () => 'none')
  await app.inject('/rows?key=a%40example.com&sync=secret')
  await app.inject({ method: 'PUT', url: '/api/v1/syncs/secret/schedule?host=x' })
  await app.close()
  expect(log).toContain('/rows?…')
  expect(log).toContain('/syncs/…/schedule?…')
  expect(log).not.toContain('example.com')
  expect(log).not.toContain('secret')
})
