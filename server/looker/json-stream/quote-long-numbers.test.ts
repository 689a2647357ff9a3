import { expect, it } from 'vitest'
import { quoteLongNumbers } from './quote-long-numbers.ts'

function quote(json: string, ...positions: number[]): string {
  return quoteLongNumbers(Buffer.from(json), positions).toString()
}

it('quotes the number around a position', () => {
  expect(quote('[1,-9007199254740993,2]', 18)).toBe('[1,"-9007199254740993",2]')
})

it('quotes a number once, however often it is pointed at', () => {
  expect(quote('[12345678901234567e999]', 16, 21)).toBe('["12345678901234567e999"]')
})

it('leaves numbers that JSON.parse keeps, and what is no number', () => {
  for (const json of [
    '[9007199254740991]',
    '[1234567890123456e5]',
    '[012345678901234567]',
    '[1-2345678901234567]',
  ]) {
    expect(quote(json, 15)).toBe(json)
  }
})
