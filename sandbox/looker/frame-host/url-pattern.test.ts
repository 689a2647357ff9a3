import { expect, it } from 'vitest'
import { matchesUrl } from './url-pattern.ts'

it.each([
  ['https://a.example.com', 'https://a.example.com/any/path?x=1', true],
  ['https://a.example.com', 'https://a.example.com.evil.org/', false],
  ['https://a.example.com', 'https://b.example.com/', false],
  ['https://*.example.com', 'https://b.example.com/', true],
  ['https://a.example.com/api/', 'https://a.example.com/api/token', true],
  ['https://a.example.com/api/', 'https://a.example.com/other', false],
  ['https://a.example.com/api/*', 'https://a.example.com/api/token', true],
  ['https://a.example.com/api', 'https://a.example.com/api/token', false],
  ['https://a.example.com', 'http://a.example.com/', false],
  ['http://a.example.com', 'http://a.example.com/', false],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/x', true],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8081/x', false],
  ['https://a.example.com', 'no url', false],
])('%s covers %s: %s', (pattern, url, covers) => {
  expect(matchesUrl(pattern, url)).toBe(covers)
})
