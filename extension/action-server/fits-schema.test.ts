import fc from 'fast-check'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { fitsSchema } from './fits-schema.ts'

const schemas = [
  Type.Null(),
  Type.String(),
  Type.Integer(),
  Type.Number(),
  Type.Boolean(),
  Type.Literal('a'),
  Type.Union([Type.String(), Type.Null()]),
  Type.Array(Type.Integer()),
  Type.Object({ a: Type.Integer(), b: Type.Optional(Type.Array(Type.Boolean())) }),
  Type.Object({ a: Type.Union([Type.Object({ a: Type.String() }), Type.Null()]) }),
  Type.Array(Type.Object({ b: Type.Union([Type.Literal('x'), Type.Literal('y')]) })),
]

const words = fc.constantFrom('a', 'b', 'x', 'y', '')
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom(0.5, true, false, null),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(words, tie('value'), { maxKeys: 2 }),
  ),
}))

describe('a shape', () => {
  test("is told as typebox's own check tells it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...schemas), value, (schema, anything) => {
        expect(fitsSchema(schema, anything)).toBe(Check(schema, anything))
      }),
      { numRuns: 5000 },
    )
  })

  test('that the check does not know is an error, not a fit', () => {
    expect(() => fitsSchema({ not: {} }, 1)).toThrow('unknown keyword not')
    expect(() => fitsSchema({ type: 'bigint' }, 1)).toThrow('unknown type bigint')
    expect(() => fitsSchema(Type.Object({ a: Type.Tuple([Type.String()]) }), { a: ['x'] })).toThrow()
  })
})
