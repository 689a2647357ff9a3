import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { note, warning } from '../report/remark.ts'
import type { GuardedImport, GuardedPast } from './guardrails.ts'
import { FEWEST_IMPORTS, guardrailRemarks, whyAsk, whyAskUnnamed } from './guardrails.ts'
import { median } from './median.ts'

const rows = fc.integer({ min: 0, max: 1_000_000 })
const codes = (now: GuardedImport, past: GuardedPast) => guardrailRemarks(now, past).map(({ code }) => code)
const whole = (received: number): GuardedImport => ({ received, entities: received, properties: null })
const filled = (entities: number, numbers: number, texts = 0): GuardedImport => ({
  received: entities,
  entities,
  properties: [
    { name: 'Plan', values: entities, texts: entities, numbers: 0 },
    { name: 'Income', values: numbers + texts, texts, numbers },
  ],
})
const follows = (last: GuardedImport) => ({ wholeRows: [last.received], last })

describe('the rows of an import', () => {
  test('are marked exactly when they are none, under half or over five times the usual', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(rows, { minLength: FEWEST_IMPORTS, maxLength: 10 }),
        (received, wholeRows) => {
          const usual = Math.round(median(wholeRows)!)
          const told = codes(whole(received), { wholeRows, last: null })
          expect(told.includes('no_rows')).toBe(received === 0 && usual > 0)
          expect(told.includes('fewer_rows_than_usual')).toBe(received > 0 && received * 2 < usual)
          expect(told.includes('more_rows_than_usual')).toBe(received > 5 * Math.max(1, usual))
          expect(told.length).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test('are not marked while it is not known what is usual', () => {
    fc.assert(
      fc.property(rows, fc.array(rows, { maxLength: FEWEST_IMPORTS - 1 }), (received, wholeRows) => {
        expect(codes(whole(received), { wholeRows, last: null })).toEqual([])
      }),
    )
  })

  test.each([
    [0, ['no_rows']],
    [4_999, ['fewer_rows_than_usual']],
    [5_000, []],
    [50_000, []],
    [50_001, ['more_rows_than_usual']],
  ])('%i of usually 10,000', (received, expected) => {
    const remarks = guardrailRemarks(whole(received), { wholeRows: [9_000, 10_000, 11_000], last: null })
    expect(remarks.map(({ code }) => code)).toEqual(expected)
    for (const { kind, text, count } of remarks) {
      expect(kind).toBe('warning')
      expect(count).toBe(received)
      expect(text).toContain('10,000')
    }
  })
})

describe('a property', () => {
  test('that was filled and is empty is marked', () => {
    const [remark, ...more] = guardrailRemarks(filled(100, 0), follows(filled(100, 80)))
    expect(more).toEqual([])
    expect(remark).toMatchObject({ kind: 'warning', code: 'properties_emptied', count: 1 })
    expect(remark!.text).toContain('"Income"')
    expect(codes(filled(1, 0), follows(filled(1, 1)))).toEqual(['properties_emptied'])
  })

  test('that a few rows filled may be empty by chance', () => {
    expect(codes(filled(100, 0), follows(filled(100, 1)))).toEqual([])
    expect(codes(filled(6, 0), follows(filled(100, 50)))).toEqual([])
    expect(codes(filled(7, 0), follows(filled(100, 50)))).toEqual(['properties_emptied'])
  })

  test('is empty for all when it is the only one', () => {
    const only = (values: number): GuardedImport => ({
      received: 10,
      entities: 10,
      properties: [{ name: 'Plan', values, texts: values, numbers: 0 }],
    })
    expect(codes(only(0), follows(only(10)))).toEqual(['properties_emptied'])
  })

  test('is not empty in an import without rows, or whose every row was rejected', () => {
    expect(codes({ received: 0, entities: 0, properties: [] }, follows(filled(9, 9)))).toEqual([])
    const rejected = filled(0, 0)
    expect(codes({ ...rejected, received: 9 }, follows(filled(9, 9)))).toEqual([])
  })

  test('that changes between number and text is marked', () => {
    expect(codes(filled(10, 0, 10), follows(filled(10, 10)))).toEqual(['properties_changed_type'])
    expect(codes(filled(10, 10), follows(filled(10, 0, 10)))).toEqual(['properties_changed_type'])
    expect(codes(filled(10, 4, 6), follows(filled(10, 9, 1)))).toEqual(['properties_changed_type'])
    expect(codes(filled(10, 6, 4), follows(filled(10, 9, 1)))).toEqual([])
    expect(codes(filled(10, 0, 10), follows(filled(10, 5, 5)))).toEqual([])
  })

  const anyImport = fc
    .record({
      entities: fc.integer({ min: 0, max: 10_000 }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
    })
    .map(
      ({ entities, shares }): GuardedImport => ({
        received: entities,
        entities,
        properties: ['A', 'B'].map((name, index) => {
          const values = Math.floor(entities * (shares[index * 2] ?? 0))
          const texts = Math.floor(values * (shares[index * 2 + 1] ?? 0))
          return { name, values, texts, numbers: values - texts }
        }),
      }),
    )

  test('that is as it was is never marked', () => {
    fc.assert(
      fc.property(anyImport, (one) => {
        expect(codes(one, follows(one))).toEqual([])
      }),
    )
  })

  test('is marked only when it was there before, and for one thing', () => {
    fc.assert(
      fc.property(anyImport, anyImport, (now, last) => {
        expect(codes(now, { wholeRows: [], last: null })).toEqual([])
        expect(codes({ ...now, properties: null }, follows(last))).toEqual([])
        const told = guardrailRemarks(now, follows(last))
        const named = told.reduce((sum, { count = 0 }) => sum + count, 0)
        const empty = now.properties!.filter(({ values }) => values === 0).length
        expect(named).toBeLessThanOrEqual(2)
        expect(told.find(({ code }) => code === 'properties_emptied')?.count ?? 0).toBeLessThanOrEqual(empty)
      }),
    )
  })
})

describe('somebody is asked', () => {
  const unusual = guardrailRemarks(whole(10), { wholeRows: [100, 100, 100], last: null })

  test('exactly when something is unlike before, or the result ends where Looker cuts', () => {
    const limit = warning('row_limit', 'At the limit.')
    const cut = warning('result_truncated', 'It is cut.')
    const others = [note('looker_note', 'Looker notes.'), warning('values_cut', 'Values were cut.')]
    expect(whyAsk([], others)).toBeNull()
    expect(whyAsk([], [])).toBeNull()
    expect(whyAsk(unusual, others)).toBe(unusual[0]!.text)
    expect(whyAsk(unusual, [...others, limit, limit, cut])).toBe(
      `${unusual[0]!.text} At the limit. It is cut.`,
    )
  })

  test('and outside of Looker without names of properties', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^x[A-Z]{8}$/), { minLength: 1, maxLength: 8 }),
        (names) => {
          const fills = (values: number) => ({
            received: 100,
            entities: 100,
            properties: names.map((name) => ({ name, values, texts: values, numbers: 0 })),
          })
          const told = whyAskUnnamed(guardrailRemarks(fills(0), follows(fills(100))))
          expect(told).toMatch(/^\d propert(y has|ies have) no value in any row any more\.$/)
        },
      ),
    )
    expect(whyAskUnnamed([note('looker_note', 'Looker notes.')])).toBeNull()
    expect(whyAskUnnamed(unusual)).toBe(unusual[0]!.text)
  })
})
