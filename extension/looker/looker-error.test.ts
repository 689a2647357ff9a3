import { describe, expect, test } from 'vitest'
import { callLooker } from './call-looker.ts'
import { errorOfAnswer, errorOfThrown } from './looker-error.ts'

describe('what the host throws', () => {
  test.each([
    [
      'Error: Error: Extension not entitled to use api method look',
      'not_entitled',
      'Extension not entitled to use api method look',
    ],
    [
      'Error: Extension not entitled to access external urls',
      'not_entitled',
      'Extension not entitled to access external urls',
    ],
    ['Entitlements must be defined', 'not_entitled', 'Entitlements must be defined'],
    ['Timeout', 'timeout', 'Timeout'],
    ['Required Looker version >=21', 'failed', 'Required Looker version >=21'],
  ])('%s', (text, kind, message) => {
    expect(errorOfThrown(new Error(text))).toMatchObject({ kind, message })
  })
})

const documented = (status: number) =>
  `https://cloud.google.com/looker/docs/r/err/4.0/${status}/post/scheduled_plans`

describe("what Looker's API answers", () => {
  test.each([
    [{ message: 'Not found', documentation_url: documented(404) }, 'forbidden'],
    [{ message: 'Sorry', documentation_url: documented(403) }, 'forbidden'],
    [{ message: 'Not found' }, 'forbidden'],
    [{ message: 'You do not have permission' }, 'forbidden'],
    [{ message: 'Validation Failed', documentation_url: documented(422) }, 'invalid'],
    [{ message: 'Validation Failed', errors: [{ field: 'name', message: 'missing' }] }, 'invalid'],
    [{ message: 'Slow down', documentation_url: documented(429) }, 'busy'],
    [{ message: 'Oops', documentation_url: documented(500) }, 'failed'],
    [null, 'failed'],
  ])('%j', (answer, kind) => {
    expect(errorOfAnswer(answer).kind).toBe(kind)
  })

  test('names the fields it refuses', () => {
    const errors = [{ field: 'crontab', message: 'is wrong' }, { message: 'no destination' }, 7]
    expect(errorOfAnswer({ message: 'Validation Failed', errors }).details).toEqual([
      'crontab: is wrong',
      'no destination',
    ])
  })
})

describe('a call', () => {
  test('gives the value', async () => {
    await expect(callLooker(async () => ({ ok: true, value: 7 }) as const)).resolves.toBe(7)
  })

  test('that Looker refuses throws', async () => {
    const refuse = async () => ({ ok: false, error: { message: 'Not found' } }) as const
    await expect(callLooker(refuse)).rejects.toMatchObject({ name: 'LookerError', kind: 'forbidden' })
  })

  test('that the host refuses throws', async () => {
    const refuse = () => Promise.reject(new Error('Error: Extension not entitled to use api method me'))
    await expect(callLooker(refuse)).rejects.toMatchObject({ kind: 'not_entitled' })
  })
})
