import { describe, expect, it } from 'vitest'
import { noAnswerVerdict, statusVerdict } from './status-verdicts.ts'

const ALL = Array.from({ length: 1000 }, (_, status) => status)

it('only 400, 413 and 422 judge rows', () => {
  const judging = ALL.filter(
    (status) => !statusVerdict(status).retried && statusVerdict(status).judges !== 'nothing',
  )
  expect(judging).toEqual([400, 413, 422])
})

it('only a 2xx takes rows', () => {
  expect(ALL.filter((status) => statusVerdict(status).judges === 'nothing')).toEqual(ALL.slice(200, 300))
})

describe('what judges the request', () => {
  const judging = ALL.filter((status) => statusVerdict(status).judges === 'request')

  it('is every redirect and every other 4xx, known or not', () => {
    for (const status of [301, 304, 307, 399, 401, 403, 404, 407, 418, 421, 423, 451, 499]) {
      expect(judging).toContain(status)
    }
    expect(ALL.filter((status) => status >= 300 && status < 500 && !judging.includes(status))).toEqual([
      400, 408, 413, 422, 425, 429,
    ])
  })

  it('holds the environment at once, comes again and keeps the size of requests', () => {
    for (const status of judging) {
      expect(statusVerdict(status)).toMatchObject({ retried: true, circuit: 'opens', shrinks: false })
    }
  })

  it('is told with what to check', () => {
    for (const status of judging) expect(statusVerdict(status).told).toMatch(/[Cc]heck/)
    for (const status of [301, 403, 404, 421, 600]) {
      expect(statusVerdict(status).told).toMatch(/HEAP_API_URL.*region.*https:\/\/c\.eu\.heap-api\.com/)
    }
    expect(statusVerdict(407).told).toContain('proxy')
  })
})

it.each([500, 503, 599, 408])('%i may pass, and a smaller request may fare better', (status) => {
  expect(statusVerdict(status)).toMatchObject({ judges: 'moment', circuit: 'counts', shrinks: true })
  expect(noAnswerVerdict('timeout')).toEqual(statusVerdict(status))
  expect(noAnswerVerdict('connection')).toEqual(statusVerdict(status))
})

it.each([425, 429])('%i passes, whatever the size', (status) => {
  expect(statusVerdict(status)).toMatchObject({ judges: 'moment', circuit: 'counts', halves: 'never' })
})
