import { describe, expect, it } from 'vitest'
import type { Look } from '../look.ts'
import { crmUsersWithDefects } from '../looks/crm-users-with-defects.ts'
import { failingSql } from '../looks/failing-sql.ts'
import { largeLook } from '../looks/large.ts'
import { pivotedOrders } from '../looks/pivoted-orders.ts'
import { unusualValues } from '../looks/unusual-values.ts'
import { SAMPLE_LOOKS } from '../looks.ts'
import type { WriteOptions } from './write-result.ts'
import { writeResult } from './write-result.ts'

async function write(look: Look, options: Partial<WriteOptions> = {}): Promise<string> {
  let text = ''
  for await (const piece of writeResult(
    { ...look, slow: { firstByteSeconds: 0, pauseMilliseconds: 0 } },
    { format: 'json_detail_lite_stream', ...options },
  )) {
    text += piece
  }
  return text
}

describe('writeResult', () => {
  it.each(SAMPLE_LOOKS.map((look) => [look.title, look] as const))(
    'writes %s as JSON',
    async (_title, look) => {
      const small = look.rowCount > 10_000 ? { ...look, rowCount: 2_000 } : look
      for (const format of ['json_detail_lite_stream', 'json_detail'] as const) {
        for (const headAfterData of [false, true]) {
          const result = JSON.parse(await write(small, { format, headAfterData, rowLimit: small.rowCount }))
          expect(result.data).toHaveLength(small.rowCount)
          expect(result.timezone).toBe(look.timezone)
          expect(result.fields).toEqual(look.fields)
          const keys = Object.keys(result)
          expect(keys[headAfterData ? 0 : keys.length - 1]).toBe('data')
          const names = [
            ...look.fields.dimensions,
            ...look.fields.measures,
            ...look.fields.table_calculations,
          ]
          for (const row of result.data.slice(0, 3)) {
            expect(Object.keys(row).sort()).toEqual(names.map(({ name }) => name).sort())
          }
        }
      }
    },
  )

  it('writes nothing but the value into a cell of the lite format', async () => {
    const { data } = JSON.parse(await write(crmUsersWithDefects, { rowLimit: 50 }))
    for (const row of data)
      for (const cell of Object.values(row)) expect(Object.keys(cell as object)).toEqual(['value'])
  })

  it('writes cells of json_detail with what stands beside the value', async () => {
    const { data } = JSON.parse(await write(crmUsersWithDefects, { format: 'json_detail', rowLimit: 1 }))
    expect(data[0]['users.email']).toEqual({
      value: 'person-00001@example.com',
      filterable_value: '"person-00001@example.com"',
      links: [],
    })
    expect(data[0]['orders.count']).toHaveProperty('rendered')
  })

  it('writes pivoted cells by pivot key and lists the pivots', async () => {
    const { data, pivots } = JSON.parse(await write(pivotedOrders, { rowLimit: 1 }))
    expect(pivots.map(({ key }: { key: string }) => key)).toEqual([
      '2024',
      '2025',
      '2026',
      '$$$_row_total_$$$',
    ])
    expect(Object.keys(data[0]['orders.count'])).toEqual(['2024', '2025', '2026', '$$$_row_total_$$$'])
  })

  it('writes every digit of an integer', async () => {
    expect(await write(unusualValues)).toContain('{"value":9007199254740993}')
  })

  it('announces a failed query and sends no rows', async () => {
    const lite = JSON.parse(await write(failingSql))
    expect(lite.errors[0].message_details).toContain('lifetime_purchase')
    expect(lite.sql_error).toContain('lifetime_purchase')
    expect(JSON.parse(await write(failingSql, { format: 'json_detail' })).errors).toHaveLength(1)
  })

  it('writes prepared rows like generated ones', async () => {
    const look = largeLook('x', 2_500)
    const { rowTexts: _rowTexts, ...generated } = look
    expect(JSON.parse(await write(look))).toEqual(JSON.parse(await write(generated)))
  })

  it('makes rows no faster than they are read', async () => {
    const look = largeLook('x', 1_000_000)
    let rows = 0
    const result = writeResult(look, { format: 'json_detail_lite_stream', onRow: () => (rows += 1) })
    await result.next()
    await result.next()
    expect(rows).toBeLessThan(2_000)
    await result.return()
  })
})
