import { describe, expect, test, vi } from 'vitest'
import { createKeptBatches } from './kept-batches.ts'

function batch(number: number, bytes = 10) {
  return {
    number,
    entities: 1,
    rowRanges: `${number}`,
    payload: Buffer.alloc(bytes / 2),
    bytes: Buffer.alloc(bytes / 2),
  }
}

test('a batch is handed out once', () => {
  const kept = createKeptBatches()
  kept.add(1, [batch(1), batch(2)])
  expect(kept.take({ importId: 1, number: 2 })).toMatchObject({ rowRanges: '2' })
  expect(kept.take({ importId: 1, number: 2 })).toBeUndefined()
  expect(kept.take({ importId: 2, number: 1 })).toBeUndefined()
  expect(kept.bytes()).toBe(10)
})

test('what finds no room is not kept, and what nobody takes makes room after a minute', () => {
  let time = 0
  const kept = createKeptBatches(() => time)
  const large = 6 * 1024 * 1024
  kept.add(1, [batch(1, large), batch(2, large), batch(3, large)])
  expect(kept.bytes()).toBe(2 * large)
  expect(kept.take({ importId: 1, number: 3 })).toBeUndefined()
  time = 61_000
  kept.add(2, [batch(1, large), batch(2, large)])
  expect(kept.bytes()).toBe(2 * large)
  expect(kept.take({ importId: 1, number: 1 })).toBeUndefined()
  expect(kept.take({ importId: 2, number: 2 })).toBeDefined()
})

describe('who reads', () => {
  const mebibyte = 1024 * 1024

  test('goes on at once while there is room', async () => {
    vi.useFakeTimers()
    try {
      const kept = createKeptBatches()
      kept.add(1, [batch(1, 7 * mebibyte)])
      await kept.untilRoom(1_000)
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('waits until batches are taken', async () => {
    const kept = createKeptBatches()
    kept.add(1, [batch(1, 5 * mebibyte), batch(2, 5 * mebibyte)])
    let isWaiting = true
    const waiting = kept.untilRoom(2 ** 30).then(() => {
      isWaiting = false
    })
    await Promise.resolve()
    expect(isWaiting).toBe(true)
    kept.take({ importId: 1, number: 1 })
    await waiting
  })

  test('waits no longer than it says', async () => {
    const kept = createKeptBatches()
    kept.add(1, [batch(1, 10 * mebibyte)])
    await kept.untilRoom(5)
    expect(kept.bytes()).toBe(10 * mebibyte)
  })
})
