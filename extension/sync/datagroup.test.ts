import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datagroupInWords, qualifiedDatagroup, readDatagroup, withModel } from './datagroup.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/)

test('model and name make a name that a plan has, and come back from it', () => {
  fc.assert(
    fc.property(name, name, (model, datagroup) => {
      expect(readDatagroup(qualifiedDatagroup(model, datagroup))).toEqual({ model, name: datagroup })
      expect(withModel(qualifiedDatagroup(model, datagroup), 'another')).toBe(`${model}::${datagroup}`)
      expect(withModel(datagroup, model)).toBe(`${model}::${datagroup}`)
    }),
  )
})

test('without a model a name stays as it is', () => {
  expect(withModel('nightly', null)).toBe('nightly')
  expect(withModel('', 'shop')).toBe('')
  expect(readDatagroup('nightly')).toEqual({ model: null, name: 'nightly' })
})

test('two of one name are told apart in words', () => {
  expect(datagroupInWords('shop::nightly')).toBe('nightly of the model shop')
  expect(datagroupInWords('crm::nightly')).toBe('nightly of the model crm')
  expect(datagroupInWords('nightly')).toBe('nightly')
})
