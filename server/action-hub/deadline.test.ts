import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { waitFor } from '../testing/wait-for.ts'
import { startDeadline } from './deadline.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

test('comes although the garbage collector runs while nobody listens', async () => {
  const { signal: stopping } = new AbortController()
  const { signal } = startDeadline(100, stopping)
  expect(signal.aborted).toBe(false)
  await waitFor(() => {
    collectGarbage()
    return signal.aborted
  }, 'the deadline')
  expect(getEventListeners(stopping, 'abort')).toEqual([])
})

test('comes at once when the server stops, or has stopped', () => {
  const stopping = new AbortController()
  const { signal } = startDeadline(1e6, stopping.signal)
  stopping.abort()
  expect(signal.aborted).toBe(true)
  expect(startDeadline(1e6, stopping.signal).signal.aborted).toBe(true)
})

test('leaves nothing behind once it is cleared', () => {
  const { signal: stopping } = new AbortController()
  startDeadline(1e6, stopping).clear()
  expect(getEventListeners(stopping, 'abort')).toEqual([])
})
