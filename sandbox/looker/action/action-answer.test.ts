import { describe, expect, it } from 'vitest'
import { readAnswer } from './action-answer.ts'

const URL = 'http://hub/execute'

describe('readAnswer', () => {
  it('reads success and failure with their messages', () => {
    expect(readAnswer(URL, 200, '{"looker":{"success":true,"message":"done"}}')).toEqual({
      status: 'success',
      message: 'done',
    })
    expect(readAnswer(URL, 200, '{"looker":{"success":false,"message":"bad key"}}')).toEqual({
      status: 'failure',
      message: 'bad key',
    })
  })

  it('ignores white space that kept the connection alive', () => {
    expect(readAnswer(URL, 200, '\n\n\n{"looker":{"success":true}}').status).toBe('success')
  })

  it.each([
    ['no wrapper', '{"success":true}'],
    ['a wrapper that is a list', '{"looker":[true]}'],
    ['a success that is a text', '{"looker":{"success":"true"}}'],
    ['a message that is an object', '{"looker":{"success":true,"message":{}}}'],
    ['no JSON', '<html>'],
    ['half of the JSON', '{"looker":{"success":tr'],
    ['nothing', ''],
  ])('records %s as not executed', (_what, body) => {
    const answer = readAnswer(URL, 200, body)
    expect(answer.status).toBe('failure')
    expect(answer.message).toMatch(/^The action could not be executed/)
  })

  it('shows the URL and the body of another status', () => {
    expect(readAnswer(URL, 500, '{"error":"boom"}').message).toBe(
      'http://hub/execute answered 500: {"error":"boom"}',
    )
  })

  it('knows no more than that it failed when validation errors come without a message', () => {
    const body = '{"looker":{"success":false,"validation_errors":{"env_id":"digits"}}}'
    expect(readAnswer(URL, 200, body).message).toBe('The action could not be executed')
  })
})
