import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { createIntakeWriter } from './intake-writer.ts'

function batch(number: number) {
  return { number, entities: 1, rowRanges: String(number), bytes: Buffer.from('{}') }
}

/** A writer whose stores come to what `outcomes` say, one after the other. */
function createWriter(outcomes: (() => Promise<void>)[]) {
  const store = vi.fn(() => outcomes.shift()?.() ?? Promise.resolve())
  const writer = createIntakeWriter({ store }, 1, () => undefined)
  return { writer, store }
}

const FAULT = new Error('the database is gone')

test.each(['advance', 'flush'] as const)(
  'rows that could not be stored in the background are an error of the next %s',
  async (next) => {
    const { writer, store } = createWriter([() => Promise.reject(FAULT)])
    writer.addBatch(batch(1))
    await writer.advance()
    await vi.waitFor(() => expect(store).toHaveBeenCalled())
    await setImmediate()
    if (next === 'advance') writer.addBatch(batch(2))
    const failure = await (next === 'flush' ? writer.flush() : writer.advance().then(writer.flush)).catch(
      (error: unknown) => error,
    )
    expect(failure).toBe(FAULT)
    expect(store).toHaveBeenCalledTimes(1)
  },
)

test('what gathers during a write goes into the next one', async () => {
  let finish = () => {}
  const { writer, store } = createWriter([() => new Promise((resolve) => (finish = resolve))])
  writer.addBatch(batch(1))
  await writer.advance()
  writer.addBatch(batch(2))
  writer.addSkipped()
  await writer.advance()
  await vi.waitFor(() => expect(store).toHaveBeenCalledTimes(1))
  finish()
  await writer.flush()
  expect(store.mock.calls.map((call) => (call as unknown[])[1])).toEqual([1, 2])
})
