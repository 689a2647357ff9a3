import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

it('takes the next port when the wanted one is taken', async () => {
  const wanted = await freePort()
  const taken = createServer().listen(wanted, '127.0.0.1')
  await once(taken, 'listening')
  const port = await freePort(wanted)
  expect(port).toBeGreaterThan(wanted)
  taken.close()
})
