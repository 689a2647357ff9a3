import { describe, expect, it } from 'vitest'
import { checkForm } from './action-form.ts'

describe('checkForm', () => {
  const select = {
    name: 'property_type',
    type: 'select',
    interactive: true,
    default: 'user',
    options: [{ name: 'user', label: 'User' }],
  }

  it('takes a list of fields and an object with fields', () => {
    expect(checkForm([{ name: 'env_id' }, select])).toMatchObject({ kind: 'fields' })
    expect(checkForm({ fields: [{ name: 'env_id', type: null }] })).toMatchObject({ kind: 'fields' })
  })

  it('hands on the error of the action', () => {
    expect(checkForm({ error: 'no database' })).toEqual({ kind: 'error', message: 'no database' })
  })

  it.each([
    ['a field without a name', [{ label: 'x' }]],
    ['an unknown type', [{ name: 'a', type: 'date' }]],
    ['a default that is no text', [{ name: 'a', default: 0 }]],
    ['a select without options', [{ ...select, options: [] }]],
    ['a default that is no option', [{ ...select, default: 'account' }]],
    ['a text', 'form'],
  ])('refuses %s', (_what, form) => {
    expect(checkForm(form).kind).toBe('refused')
  })
})
