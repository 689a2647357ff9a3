import { describe, expect, test } from 'vitest'
import { columnStats } from '../../shared/advice/key/column-stats.ts'
import { joinKeyProblems } from './join-key-problems.ts'

const VALUES = ['a', 'b', 'a', ' a ', null, '', 'null', 'x'.repeat(256), ['list'], 0]

describe('what speaks against a join key', () => {
  const problemsOf = (values: unknown[]) => joinKeyProblems(columnStats(values))

  test('nothing, when every row has its own', () => {
    expect(problemsOf(['a', 'b'])).toEqual([])
  })

  test('each problem once, with its count', () => {
    const texts = problemsOf(VALUES).map(({ text }) => text.split(' ').slice(0, 4).join(' '))
    expect(texts).toEqual([
      '2 rows repeat the',
      '1 row holds a',
      '1 key is longer',
      '1 row holds a',
      '2 rows have no',
    ])
  })

  test('missing keys alone do no harm', () => {
    expect(problemsOf(['a', null]).map(({ severity }) => severity)).toEqual(['warning'])
  })

  test('an empty column', () => {
    expect(problemsOf([null, ''])).toEqual([{ severity: 'error', text: expect.stringContaining('empty') }])
  })

  test('nothing is said of no rows', () => {
    expect(problemsOf([])).toEqual([])
  })
})
