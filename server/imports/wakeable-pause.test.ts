import { expect, test } from 'vitest'
import { createWakeablePause } from './wakeable-pause.ts'

/** Longer than a test may take. */
const LONG = 3_600_000

test('ends when it is woken, also when that was before it began', async () => {
  const pause = createWakeablePause()
  const waiting = pause.wait(LONG)
  pause.wake()
  await waiting
  await pause.wait(LONG)
  pause.reset()
  await pause.wait(1)
  const again = pause.wait(LONG)
  pause.wake()
  await again
  expect.assertions(0)
})
