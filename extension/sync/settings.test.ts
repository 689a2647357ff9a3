import { describe, expect, test } from 'vitest'
import { formFields, parseSettings } from '../../shared/settings/sync-settings.ts'
import { aDraft } from '../testing/a-draft.ts'
import { checkSettings, formParams, readParameters } from './settings.ts'

const SYNC_ID = '0b0e9f5e-7a5e-4a43-9d0c-0d2f5b1c9a11'
/** A test sends some rows of a draft, and is none of its settings. */
const NOT_IN_DRAFT = ['test_rows']
const names = formFields({})
  .map(({ name }) => name)
  .filter((name) => !NOT_IN_DRAFT.includes(name))

describe('the form parameters of a draft', () => {
  test('bear the names of the form', () => {
    const draft = aDraft({
      matchBy: 'heap_setup',
      syncId: SYNC_ID,
      emptyValue: '(none)',
      send: 'changed',
      propertyNames: { rename: {}, exclude: ['users.phone'] },
    })
    expect(Object.keys(formParams(draft, false)).sort()).toEqual([...names].sort())
  })

  test('mean to the server what the analyst decided', () => {
    const draft = aDraft({
      matchBy: 'heap_setup',
      syncId: SYNC_ID,
      maxRejectedPercent: '2.5',
      emptyValue: '(none)',
      send: 'changed',
      propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] },
    })
    expect(parseSettings(formParams(draft, false))).toEqual({
      kind: 'valid',
      settings: {
        environmentId: '11',
        propertyType: 'user',
        joinKeyColumn: 'users.email',
        matchBy: 'heap_setup',
        dryRun: false,
        maxRejectedPercent: 2.5,
        propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] },
        emptyValue: '(none)',
        testRows: null,
        send: 'changed',
        syncId: SYNC_ID,
        madeFor: 'this_action',
      },
    })
  })

  test('of a check are a dry run, which is no delivery of the sync', () => {
    const params = formParams(aDraft({ syncId: SYNC_ID, send: 'changed' }), true)
    expect(params).toMatchObject({ dry_run: 'yes' })
    expect(params).not.toHaveProperty('sync_id')
    expect(params).not.toHaveProperty('send')
  })

  test('leave out what was not changed', () => {
    expect(formParams(aDraft(), false)).toEqual({
      env_id: '11',
      property_type: 'user',
      heap_field: 'users.email',
      match_by: 'identity',
      dry_run: 'no',
      max_rejected_percent: '0',
    })
  })

  test('of an account have nothing to match users by', () => {
    const draft = aDraft({ propertyType: 'account', matchBy: 'heap_setup' })
    expect(formParams(draft, false)).not.toHaveProperty('match_by')
  })

  test.each(['user', 'account'] as const)(
    "of any %s are never those of Heap's own action",
    (propertyType) => {
      expect(parseSettings(formParams(aDraft({ propertyType }), false))).toMatchObject({
        settings: { madeFor: 'this_action' },
      })
    },
  )
})

describe('a draft is checked', () => {
  test('a complete one is valid', () => {
    expect(checkSettings(aDraft()).kind).toBe('valid')
  })

  test('nothing to match by is not taken for the identity', () => {
    const checked = checkSettings(aDraft({ matchBy: null }))
    expect(checked).toMatchObject({ kind: 'invalid', errors: { match_by: expect.any(String) } })
    expect(checkSettings(aDraft({ matchBy: null, propertyType: 'account' })).kind).toBe('valid')
  })

  test('everything that is missing is named', () => {
    const checked = checkSettings(aDraft({ environmentId: 'abc', joinKey: '', matchBy: null }))
    expect(checked.kind === 'invalid' && Object.keys(checked.errors).sort()).toEqual([
      'env_id',
      'heap_field',
      'match_by',
    ])
  })
})

test.each([[null], [''], ['{'], ['7'], ['null']])('parameters %j are read as none', (text) => {
  expect(readParameters(text)).toEqual({})
})
