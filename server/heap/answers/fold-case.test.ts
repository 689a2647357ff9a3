import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, foldCase } from './fold-case.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 40 })

test('texts of any case are equal', () => {
  expect(fold('STRASSE')).toBe(fold('straße'))
  expect(fold('ΟΔΟΣ')).toBe(fold('οδος'))
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(text.toUpperCase())).toBe(fold(text))
    }),
  )
})

test('every unit has a place, in order, and both ways of folding are one', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { folded, places } = foldCase(text)
      expect(folded).toBe(fold(text))
      expect(places).toHaveLength(folded.length)
      expect(places.every((place, at) => place < text.length && place >= (places[at - 1] ?? 0))).toBe(true)
    }),
  )
})
