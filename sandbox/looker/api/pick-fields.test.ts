import { expect, it } from 'vitest'
import { pickFields } from './pick-fields.ts'

const look = { id: '1', title: 'A', folder: { id: '2', name: 'Shared' }, query: { model: 'crm', view: 'u' } }

it.each<[string | undefined, unknown]>([
  [undefined, look],
  ['', look],
  ['id', { id: '1' }],
  ['id, title', { id: '1', title: 'A' }],
  ['folder(name),query(model,view)', { folder: { name: 'Shared' }, query: { model: 'crm', view: 'u' } }],
  ['folder', { folder: { id: '2', name: 'Shared' } }],
  ['nothing', {}],
])('picks %s', (fields, expected) => {
  expect(pickFields(look, fields)).toEqual(expected)
  expect(pickFields([look], fields)).toEqual([expected])
})
