import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRows, eachRow, tableOf } from './compare-rows.ts'
import { hashOfKey } from './hash-of-key.ts'
import { countParts, cutIntoParts, partOf } from './known-parts.ts'
import { createRowMemory } from './row-memory.ts'

const HASH_KEY = Int32Array.from([1, -2, 3, -4])

/** Join key -> line; few lines, so that many are alike. */
const delivery = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 4 }),
  fc.constantFrom('a', 'b', 'ab', 'é'),
  {
    maxKeys: 60,
  },
)
type Delivery = Record<string, string>

/** The memory of a delivery, and the keys that it leaves out. */
function remember(rows: Delivery, last: Parameters<typeof createRowMemory>[2] = null, most = 1_000_000) {
  const memory = createRowMemory(HASH_KEY, most, last)
  const leftOut = Object.entries(rows).flatMap(([key, line]) => {
    expect(memory.keys.add(key)).toBe(true)
    // Somewhere in a buffer, as lines are.
    const bytes = Buffer.from(`...${line}...`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    return memory.isUnchanged(view, 3, bytes.length - 3) ? [key] : []
  })
  return { memory, leftOut }
}

test('a row is left out exactly if the last delivery had its key with its line', () => {
  fc.assert(
    fc.property(delivery, delivery, delivery, (first, second, third) => {
      const one = remember(first)
      expect(one.leftOut).toEqual([])
      const two = remember({ ...first, ...second }, tableOf(one.memory.parts() ?? []))
      const same = (before: Delivery, after: Delivery) =>
        Object.keys(after).filter((key) => Object.hasOwn(before, key) && before[key] === after[key])
      expect(two.leftOut.sort()).toEqual(same(first, { ...first, ...second }).sort())
      // What was left out is known as well as what was sent.
      const three = remember(third, tableOf(two.memory.parts() ?? []))
      expect(three.leftOut.sort()).toEqual(same({ ...first, ...second }, third).sort())
      for (const key of Object.keys(first)) {
        const { first: high, second: low } = hashOfKey(HASH_KEY, key)
        const table = tableOf(two.memory.parts() ?? [])
        expect(table.has(high, low)).toBe(true)
        expect(table.isLeftOut(high, low)).toBe(two.leftOut.includes(key))
      }
    }),
  )
})

test('two deliveries are compared by key, in whatever parts they are kept', async () => {
  const parts = fc.constantFrom(1, 2, 4, 32)
  await fc.assert(
    fc.asyncProperty(delivery, delivery, parts, parts, async (before, after, count, lastCount) => {
      const cut = (words: readonly Int32Array[], count: number) => {
        const all: number[][] = Array.from({ length: count }, () => [])
        eachRow(words, (...row) => all[partOf(row[0], count)]?.push(...row))
        const cut = all.map((entry) => Int32Array.from(entry))
        return { count, read: async (from: number, to: number) => cut.slice(from, to) }
      }
      const own = remember(after).memory.parts() ?? []
      const last = remember(before).memory.parts() ?? []
      const keys = Object.keys(after)
      const known = keys.filter((key) => Object.hasOwn(before, key))
      const unchanged = known.filter((key) => before[key] === after[key]).length
      expect(await compareRows(cut(own, count), cut(last, lastCount))).toEqual({
        new: keys.length - known.length,
        changed: known.length - unchanged,
        unchanged,
        gone: Object.keys(before).filter((key) => !Object.hasOwn(after, key)).length,
      })
    }),
  )
})

test('every fingerprint is in its part, and parts are of one size or so', () => {
  const rows = 100_000
  const words = new Int32Array(rows * 4)
  for (let row = 0; row < rows; row += 1) {
    const { first, second } = hashOfKey(HASH_KEY, `person-${row}`)
    words.set([first, second, row, 0], row * 4)
  }
  const parts = cutIntoParts([words.subarray(0, 40_000), words.subarray(40_000)], rows)
  expect(parts).toHaveLength(countParts(rows))
  expect(parts.length).toBe(32)
  let found = 0
  for (const [index, part] of parts.entries()) {
    expect(part.byteLength).toBeLessThan(64 * 1024)
    eachRow([part], (first) => {
      expect(partOf(first, parts.length)).toBe(index)
      found += 1
    })
  }
  expect(found).toBe(rows)
})

test('of more rows than are to be kept none are, and they are left out all the same', () => {
  const rows = { a: 'x', b: 'y', c: 'z' }
  const { memory } = remember(rows)
  const more = remember(rows, tableOf(memory.parts() ?? []), 2)
  expect(more.leftOut).toEqual(['a', 'b', 'c'])
  expect(more.memory.parts()).toBeNull()
  expect(remember(rows, null, 3).memory.parts()).not.toBeNull()
})
