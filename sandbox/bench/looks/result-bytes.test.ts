import { describe, expect, it } from 'vitest'
import type { BenchLook } from './bench-look.ts'
import { resultBytes, resultChunks } from './result-bytes.ts'
import { rowBlocks } from './row-blocks.ts'

type Cell = { value: string | number | null }
type Result = { data: Record<string, Cell>[]; fields: { dimensions: unknown[]; measures: unknown[] } }

function read(look: Partial<BenchLook>): Result {
  const whole: BenchLook = { rows: 10, columns: 8, cells: 'clean', shape: 'plain', ...look }
  return JSON.parse(Buffer.concat([...resultBytes(whole)]).toString())
}

const values = (row: Record<string, Cell> = {}) => Object.values(row).map(({ value }) => value)

describe('the result of a Look of the benchmark', () => {
  it.each([1, 999, 1_000, 1_001, 2_500])('has %i rows, each with a key of its own', (rows) => {
    const { data } = read({ rows })
    expect(data).toHaveLength(rows)
    expect(new Set(data.map((row) => row['users.email']?.value)).size).toBe(rows)
    expect(data.at(-1)?.['users.email']?.value).toBe(
      `person-${String(rows - 1).padStart(8, '0')}@example.com`,
    )
  })

  it.each([1, 8, 30, 200])('has a key and other columns, %i in all, as its head says', (columns) => {
    for (const cells of ['clean', 'dirty'] as const) {
      const { data, fields } = read({ columns, cells })
      const count = Math.max(cells === 'dirty' ? 3 : 2, columns)
      expect([...fields.dimensions, ...fields.measures]).toHaveLength(count)
      expect(Object.keys(data[3] ?? {})).toHaveLength(count)
    }
  })

  it('has nothing but plain ASCII in a clean one', () => {
    const look: BenchLook = { rows: 1_000, columns: 30, cells: 'clean', shape: 'plain' }
    expect(Buffer.concat([...rowBlocks(look)]).toString()).toMatch(/^[\x20-\x5b\x5d-\x7e]+$/)
  })

  it.each([8, 30])('has 14 % of dirty cells in every row of a dirty one of %i columns', (columns) => {
    const isDirty = (value: string | number | null) =>
      /["\n/]|[^\x20-\x7e]|^\d{4}-\d\d-\d\d \d/.test(String(value))
    for (const row of read({ rows: 100, columns, cells: 'dirty' }).data) {
      const share = values(row).filter(isDirty).length / (columns - 1)
      expect(share).toBeGreaterThan(0.13)
      expect(share).toBeLessThan(0.15)
    }
  })

  it('has as many cells in a pivoted row', () => {
    const [row] = read({ shape: 'pivoted' }).data
    expect(Object.keys(row?.['orders.count'] ?? {})).toHaveLength(7)
  })

  it('is the same in chunks', () => {
    const look: BenchLook = { rows: 1_500, columns: 8, cells: 'dirty', shape: 'plain' }
    expect(Buffer.concat(resultChunks(look, 1_000)).equals(Buffer.concat([...resultBytes(look)]))).toBe(true)
  })
})
