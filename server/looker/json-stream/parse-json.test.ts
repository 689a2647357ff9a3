import { expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

it('keeps escaped keys apart, which JSON.parse mixes up after a key of a backslash', () => {
  parseJson(String.raw`{"h":[],"\\":0}`)
  JSON.parse(String.raw`{"h":[],"\\":0}`)
  for (const [raw, key] of [
    [String.raw`\"`, '"'],
    [String.raw`\n`, '\n'],
    [String.raw`\u00a1`, '¡'],
  ]) {
    const parsed = parseJson(`{"h":1,"${raw}":2}`) as Record<string, unknown>
    expect(Object.keys(parsed)).toEqual(['h', key])
  }
})

it('keeps the order of keys, takes the last of two, and __proto__ as it is', () => {
  const parsed = parseJson(String.raw`[{"z":1,"\u0061":[{"\u005f_proto__":2}],"b":3},{"\u0061b":1,"ab":2}]`)
  expect(JSON.stringify(parsed)).toBe('[{"z":1,"a":[{"__proto__":2}],"b":3},{"ab":2}]')
})

it('leaves escapes in values alone, also before a colon in the text', () => {
  const text = String.raw`{"a":"x\":","b":"\\","c":"\"k\": \"v\""}`
  expect(parseJson(text)).toEqual({ a: 'x":', b: '\\', c: '"k": "v"' })
})

it.each([String.raw`{"\x":1}`, String.raw`{"a\":1}`, String.raw`["\u00"]`, '{"a\\'])('refuses %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})
