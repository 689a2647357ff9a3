import { describe, expect, test } from 'vitest'
import { serializeError } from './serialize-error.ts'

const SECRET = 'ann@example.com'

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('an error in the log', () => {
  test.each([
    [
      'the parts of a database error',
      Object.assign(new Error('duplicate key'), {
        code: '23505',
        detail: SECRET,
        where: SECRET,
        params: [SECRET],
        query: SECRET,
      }),
    ],
    ['a value that does not fit', Object.assign(new Error(`invalid input: "${SECRET}"`), { code: '22P02' })],
    ['text that is no JSON', thrownBy(() => JSON.parse(SECRET))],
    ['an invalid URL', thrownBy(() => new URL(`postgres://u:${SECRET}@[`))],
    ['a cause', new Error('outer', { cause: Object.assign(new Error('inner'), { detail: SECRET }) })],
    ['a thrown text', SECRET],
    ['a multiline message', Object.assign(new Error('short'), { stack: `Error: ${SECRET}\n    at here` })],
  ])('does not tell %s', (_, error) => {
    expect(JSON.stringify(serializeError(error))).not.toContain('example.com')
  })

  test('tells what it is, where it came from and why', () => {
    const cause = Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
    expect(serializeError(new TypeError('a text', { cause }))).toEqual({
      type: 'TypeError',
      message: 'a text',
      stack: expect.stringMatching(/^ +at .*serialize-error\.test\.ts/),
      cause: { type: 'Error', code: 'ECONNRESET', message: 'connection lost', stack: expect.any(String) },
    })
  })

  test('with itself as its cause has an end', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(serializeError(error)).match(/round/g)).toHaveLength(4)
  })
})
