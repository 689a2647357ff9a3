import { expect, test, vi } from 'vitest'
import { LookerError } from '../looker-error.ts'
import { allBytes } from '../testing/bytes.ts'
import { boundDownload } from './bound-download.ts'

/** Spaces without end; `freed` is called when nobody reads on. */
async function* endless(freed: () => void) {
  try {
    for (;;) yield Buffer.alloc(1_024, ' ')
  } finally {
    freed()
  }
}

test.each([
  [{ bytes: 1024 ** 3, milliseconds: 50 }, 'more than 0 hours'],
  [{ bytes: 100_000, milliseconds: 60_000 }, 'larger than 0 GB'],
])('a result without end is a failure, and its connection is freed', async (bounds, message) => {
  const freed = vi.fn()
  let bytes = 0
  async function read() {
    for await (const chunk of boundDownload(endless(freed), bounds)) bytes += chunk.length
  }
  const error = await read().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(LookerError)
  expect((error as Error).message).toContain(message)
  expect(bytes).toBeLessThanOrEqual(bounds.bytes)
  expect(freed).toHaveBeenCalledOnce()
})

test('a result within the bounds is passed on', async () => {
  async function* three() {
    for (const text of ['a', 'b', 'c']) yield Buffer.from(text)
  }
  expect((await allBytes(boundDownload(three(), { bytes: 3, milliseconds: 60_000 }))).toString()).toBe('abc')
})
