import { describe, expect, test } from 'vitest'
import { formFields, parseSettings } from '../../shared/sync-settings.ts'
import { aDraft } from '../testing/a-draft.ts'
import { checkSettings, formParams, readParameters } from './settings.ts'

const names = formFields({}).map(({ name }) => name)

describe('the form parameters of a draft', () => {
  test('bear the names of the form', () => {
    const draft = aDraft({
      matchWith: 'property',
      joinProperty: 'email',
      propertyNames: { rename: {}, exclude: ['users.phone'] },
    })
    expect(Object.keys(formParams(draft, true)).sort()).toEqual([...names].sort())
  })

  test('mean to the server what the analyst decided', () => {
    const draft = aDraft({
      matchWith: 'property',
      joinProperty: ' email ',
      maxRejectedPercent: '2.5',
      propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] },
    })
    expect(parseSettings(formParams(draft, true))).toEqual({
      kind: 'valid',
      settings: {
        environmentId: '11',
        propertyType: 'user',
        joinKeyColumn: 'users.email',
        joinProperty: 'email',
        dryRun: true,
        maxRejectedPercent: 2.5,
        propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] },
      },
    })
  })

  test('leave out what was not changed', () => {
    expect(formParams(aDraft(), false)).toEqual({
      env_id: '11',
      property_type: 'user',
      heap_field: 'users.email',
      dry_run: 'no',
      max_rejected_percent: '0',
    })
  })

  test('of an account name no user property', () => {
    const draft = aDraft({ propertyType: 'account', matchWith: 'property', joinProperty: 'email' })
    expect(formParams(draft, false)).not.toHaveProperty('join_property')
  })
})

describe('a draft is checked', () => {
  test('a complete one is valid', () => {
    expect(checkSettings(aDraft()).kind).toBe('valid')
  })

  test('an empty user property is not taken for the identity', () => {
    const checked = checkSettings(aDraft({ matchWith: 'property' }))
    expect(checked).toMatchObject({ kind: 'invalid', errors: { join_property: expect.any(String) } })
  })

  test('everything that is missing is named', () => {
    const checked = checkSettings(aDraft({ environmentId: 'abc', joinKey: '', matchWith: 'property' }))
    expect(checked.kind === 'invalid' && Object.keys(checked.errors).sort()).toEqual([
      'env_id',
      'heap_field',
      'join_property',
    ])
  })
})

test.each([[null], [''], ['{'], ['7'], ['null']])('parameters %j are read as none', (text) => {
  expect(readParameters(text)).toEqual({})
})
