import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSparingReader } from './sparing-reader.ts'

function slowSource(takesMs: number) {
  let time = 0
  let readings = 0
  const read = createSparingReader(
    async () => {
      readings += 1
      time += takesMs
      return readings
    },
    { keptMs: 100, now: () => time },
  )
  return {
    read,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
  }
}

test('those who ask at once share one reading', async () => {
  const { read } = slowSource(1)
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1])
})

test('a reading is kept for a while, and then made anew', async () => {
  const { read, pass } = slowSource(1)
  await read()
  pass(99)
  expect(await read()).toBe(1)
  pass(2)
  expect(await read()).toBe(2)
})

test('what takes long is read no more than a tenth of the time', async () => {
  const { read, pass } = slowSource(500)
  await read()
  pass(4_999)
  expect(await read()).toBe(1)
  pass(2)
  expect(await read()).toBe(2)
})

test('nobody waits long for a database that is mute, which is asked once', async () => {
  let readings = 0
  const { promise, resolve } = Promise.withResolvers<string>()
  const read = createSparingReader(
    () => {
      readings += 1
      return promise
    },
    { patienceMs: 5 },
  )
  expect(await read()).toBeUndefined()
  expect(await read()).toBeUndefined()
  resolve('at last')
  await sleep(0)
  expect(await read()).toBe('at last')
  expect(readings).toBe(1)
})

test('a reading that fails is no reading, and is made again', async () => {
  let fails = true
  const read = createSparingReader(
    async () => {
      if (fails) throw new Error('away')
      return 'back'
    },
    { keptMs: 0 },
  )
  expect(await read()).toBeUndefined()
  fails = false
  await expect.poll(read, { timeout: 5_000 }).toBe('back')
})
