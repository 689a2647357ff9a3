import { describe, expect, test } from 'vitest'
import { checkUrls } from './check-urls.ts'

const GOOD = { HEAP_API_URL: 'https://heapanalytics.com' }

describe('an address in the settings', () => {
  test.each([
    {},
    { PUBLIC_URL: '' },
    { PUBLIC_URL: 'https://example.com/below/' },
    { LOOKER_URL: 'https://a.example.com, https://b.example.com:9999/' },
    { HEAP_API_URL: 'http://127.0.0.1:8081' },
    { PUBLIC_URL: 'https://[2001:db8::1]:8080' },
  ])('that can be called is taken: %j', (settings) => {
    expect(() => checkUrls({ ...GOOD, ...settings })).not.toThrow()
  })

  test.each([
    [
      'PUBLIC_URL',
      'https://[',
      'PUBLIC_URL is not a valid URL. Write it like https://heap-import.example.com.',
    ],
    ['PUBLIC_URL', 'https://example.com:99999', 'PUBLIC_URL is not a valid URL'],
    ['PUBLIC_URL', 'https://example.com/?a=b', 'PUBLIC_URL has a ? or a # in it'],
    ['HEAP_API_URL', 'https://example.com/#top', 'HEAP_API_URL has a ? or a # in it'],
    ['HEAP_API_URL', 'https://ann:hunter2@example.com', 'HEAP_API_URL has a user name or a password in it'],
    ['LOOKER_URL', 'https://a.example.com,https://b c.example.com', 'LOOKER_URL is not a valid URL'],
    [
      'LOOKER_URL',
      'https://%zz',
      'LOOKER_URL is not a valid URL. Write it like https://acme.cloud.looker.com.',
    ],
  ])('%s=%s ends the start by name', (name, value, message) => {
    const check = () => checkUrls({ ...GOOD, [name]: value })
    expect(check).toThrow(message)
    expect(check).not.toThrow('hunter2')
  })
})
