import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fairShares } from './fair-shares.ts'

test('what is not wanted by one goes to the others', () => {
  expect(fairShares(4, [4, 4], 0)).toEqual([2, 2])
  expect(fairShares(8, [1, 0, 20], 0)).toEqual([1, 0, 7])
  expect(fairShares(4, [1, 1], 0)).toEqual([1, 1])
})

test('a single one goes from one to the next', () => {
  expect([0, 1, 2, 3].map((turn) => fairShares(1, [3, 2, 0, 1], turn))).toEqual([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
  ])
})

test('all is given, nobody has too much, and shares of equal wants differ by one at most', () => {
  const wants = fc.array(fc.nat(30), { maxLength: 8 })
  fc.assert(
    fc.property(fc.nat(40), wants, fc.nat(1_000), (limit, wanted, turn) => {
      const shares = fairShares(limit, wanted, turn)
      const sum = (list: number[]) => list.reduce((total, value) => total + value, 0)
      expect(sum(shares)).toBe(Math.min(limit, sum(wanted)))
      const satisfied = shares.map((share, index) => share === wanted[index])
      const unsatisfied = shares.filter((_, index) => !satisfied[index])
      for (const [index, share] of shares.entries()) {
        expect(share).toBeLessThanOrEqual(wanted[index]!)
        // Who did not get all he wants has no less than anybody, but for one.
        for (const other of unsatisfied) expect(share).toBeLessThanOrEqual(other + 1)
      }
    }),
  )
})
