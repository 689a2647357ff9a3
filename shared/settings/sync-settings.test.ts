import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormParams, SyncSettings } from './sync-settings.ts'
import { formFields, parseSettings, readSettings } from './sync-settings.ts'

const minimal = { env_id: '11', property_type: 'user', heap_field: 'Users Email' }

function settingsOf(params: FormParams): SyncSettings {
  const parsed = parseSettings({ ...minimal, ...params })
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.errors))
  return parsed.settings
}

function errorsOf(params: FormParams): Record<string, string> {
  const parsed = parseSettings(params)
  return parsed.kind === 'invalid' ? parsed.errors : {}
}

/** The one parameter that is wrong. */
const wrongOf = (params: FormParams) => Object.keys(errorsOf({ ...minimal, ...params }))

describe("the parameters of a schedule made for Heap's own action", () => {
  test('go on working as they did, with defaults for all that is new', () => {
    expect(parseSettings(minimal)).toEqual({
      kind: 'valid',
      settings: {
        environmentId: '11',
        propertyType: 'user',
        joinKeyColumn: 'Users Email',
        matchBy: 'heap_setup',
        dryRun: false,
        maxRejectedPercent: 0,
        propertyNames: { rename: {}, exclude: [] },
        emptyValue: '',
        testRows: null,
        send: 'all',
        syncId: null,
        madeFor: 'heap_action',
      },
    })
    expect(settingsOf({ property_type: 'account' })).toMatchObject({
      matchBy: 'identity',
      madeFor: 'heap_action',
    })
  })

  test.each<FormParams>([
    { format: 'json_detail_lite_stream' },
    { match_by: null, sync_id: undefined, dry_run: null },
    JSON.parse('{"__proto__":{"match_by":"identity"}}'),
  ])('are known by carrying none of ours: %j', (extra) => {
    expect(settingsOf(extra)).toMatchObject({ matchBy: 'heap_setup', madeFor: 'heap_action' })
  })

  test.each<FormParams>([
    { match_by: 'identity' },
    { match_by: '' },
    { dry_run: 'no' },
    { dry_run: '' },
    { max_rejected_percent: '0' },
    { property_names: '' },
    { sync_id: 'an-id-of-16-char' },
    { sync_id: '' },
    { empty_value: '' },
    { test_rows: '' },
    { send: 'all' },
    { join_property: '' },
  ])('are not those with one of ours: %j', (own) => {
    expect(settingsOf(own)).toMatchObject({ matchBy: 'identity', madeFor: 'this_action' })
  })
})

describe('empty_value', () => {
  test.each([
    ['', ''],
    [' (none) ', '(none)'],
    [0, '0'],
    ['é😀', 'é😀'],
    ['x'.repeat(1_023), 'x'.repeat(1_023)],
  ])('%j is valid', (empty_value, emptyValue) =>
    expect(settingsOf({ empty_value })).toMatchObject({ emptyValue }),
  )

  test.each([['x'.repeat(1_024)], ['half \ud83d'], ['a\0b']])('%j is invalid', (empty_value) =>
    expect(wrongOf({ empty_value })).toEqual(['empty_value']),
  )
})

describe('test_rows', () => {
  test.each([
    ['', null],
    ['1', 1],
    [' 100 ', 100],
    [7, 7],
    ['007', 7],
  ])('%j is valid', (test_rows, testRows) => expect(settingsOf({ test_rows }).testRows).toBe(testRows))

  test.each([['0'], ['101'], ['1.5'], ['-1'], ['1e1'], ['ten'], [{}], ['0x1']])(
    '%j is invalid',
    (test_rows) => expect(wrongOf({ test_rows })).toEqual(['test_rows']),
  )

  test('cannot be sent by a dry run', () => {
    const both = errorsOf({ ...minimal, test_rows: '1', dry_run: 'yes' })
    expect(both).toEqual({ test_rows: expect.stringContaining('Choose one of them') })
    expect(wrongOf({ test_rows: '1', dry_run: 'no' })).toEqual([])
  })
})

describe('send', () => {
  const sync_id = 'an-id-of-16-char'

  test.each([
    ['', 'all'],
    ['all', 'all'],
    [' changed ', 'changed'],
  ])('%j is valid', (send, expected) => expect(settingsOf({ send, sync_id }).send).toBe(expected))

  test.each([['new'], ['Changed'], [{}], ['toString']])('%j is invalid', (send) =>
    expect(wrongOf({ send, sync_id })).toEqual(['send']),
  )

  test('of changed rows needs a sync_id, by which the last delivery is known', () => {
    expect(errorsOf({ ...minimal, send: 'changed' })).toEqual({ send: expect.stringContaining('Sync ID') })
    expect(wrongOf({ send: 'changed', sync_id: 'short' })).toEqual(['sync_id'])
    expect(wrongOf({ send: 'all' })).toEqual([])
  })
})

describe('env_id', () => {
  test.each([
    ['11', '11'],
    [' 11 ', '11'],
    ['0123456789', '0123456789'],
    ['7', '7'],
    ['9'.repeat(20), '9'.repeat(20)],
    [2871234567, '2871234567'],
  ])('%j is valid', (env_id, environmentId) =>
    expect(settingsOf({ env_id })).toMatchObject({ environmentId }),
  )

  test.each([
    [''],
    ['  '],
    ['11a'],
    ['1 1'],
    ['-1'],
    ['1.5'],
    ['٣'],
    ['1'.repeat(21)],
    [null],
    [undefined],
    [{}],
    [['11']],
  ])('%j is invalid', (env_id) => expect(wrongOf({ env_id })).toEqual(['env_id']))
})

describe('property_type', () => {
  test.each(['user', 'account', ' account '])('%j is valid', (property_type) => {
    expect(settingsOf({ property_type }).propertyType).toBe(property_type.trim())
  })

  test.each([[''], ['User'], ['users'], [null], [undefined], ['toString']])(
    '%j is invalid',
    (property_type) => {
      expect(wrongOf({ property_type })).toEqual(['property_type'])
    },
  )
})

describe('heap_field', () => {
  test.each([
    ['users.email', 'users.email'],
    [' Users Email ', 'Users Email'],
    ['__proto__', '__proto__'],
    [7, '7'],
  ])('%j is valid', (heap_field, joinKeyColumn) =>
    expect(settingsOf({ heap_field })).toMatchObject({ joinKeyColumn }),
  )

  test.each([[''], [' \n'], [null], [undefined]])('%j is invalid', (heap_field) => {
    expect(wrongOf({ heap_field })).toEqual(['heap_field'])
  })
})

describe('match_by', () => {
  test.each([
    ['identity', 'identity'],
    [' heap_setup ', 'heap_setup'],
    ['', 'identity'],
  ] as const)('%j is valid', (match_by, matchBy) =>
    expect(settingsOf({ match_by })).toMatchObject({ matchBy, madeFor: 'this_action' }),
  )

  test.each([['email'], ['Identity'], ['heap-setup'], ['toString'], [true], [['identity']], [{}]])(
    '%j is an error that names both choices',
    (match_by) => {
      const { match_by: error, ...others } = errorsOf({ ...minimal, match_by })
      expect(error).toMatch(/\bidentity\b.*\bheap_setup\b/)
      expect(others).toEqual({})
      expect(wrongOf({ property_type: 'account', match_by })).toEqual(['match_by'])
    },
  )

  test('means the account ID for accounts, whatever it was for users', () => {
    expect(settingsOf({ property_type: 'account', match_by: 'heap_setup' }).matchBy).toBe('identity')
  })
})

describe('join_property, which a schedule of the first release may have', () => {
  test.each([['email'], [' CRM ID '], [{}], [7]])('is not ignored: %j', (join_property) => {
    const errors = errorsOf({ ...minimal, join_property, dry_run: 'no' })
    expect(errors).toEqual({
      join_property: expect.stringMatching(/extension.*match_by.*identity.*heap_setup/),
    })
  })

  test.each([[''], [' '], ['identity'], [null]])('said no more than identity: %j', (join_property) => {
    expect(settingsOf({ join_property, dry_run: 'no' }).matchBy).toBe('identity')
  })

  test('is settled by match_by, and meant nothing for accounts', () => {
    const join_property = 'email'
    expect(settingsOf({ join_property, match_by: 'heap_setup' }).matchBy).toBe('heap_setup')
    expect(settingsOf({ join_property, match_by: 'identity' }).matchBy).toBe('identity')
    expect(settingsOf({ join_property, property_type: 'account' }).matchBy).toBe('identity')
  })
})

describe('sync_id', () => {
  test.each([
    ['0b0e9f5e-7a5e-4a43-9d0c-0d2f5b1c9a11', '0b0e9f5e-7a5e-4a43-9d0c-0d2f5b1c9a11'],
    [` ${'a'.repeat(16)} `, 'a'.repeat(16)],
    ['_'.repeat(64), '_'.repeat(64)],
    ['', null],
  ])('%j is valid', (sync_id, syncId) => expect(settingsOf({ sync_id })).toMatchObject({ syncId }))

  test.each([['a'.repeat(15)], ['a'.repeat(65)], [`${'a'.repeat(20)}.`], ['a b c d e f g h i'], [{}], [7]])(
    '%j is a clear error',
    (sync_id) =>
      expect(errorsOf({ ...minimal, sync_id })).toEqual({ sync_id: expect.stringContaining('16 to 64') }),
  )
})

describe('what can be read beside an error', () => {
  test('is kept for who mends it', () => {
    const params = { ...minimal, join_property: 'crm', property_names: '{"exclude":["users.phone"]}' }
    expect(readSettings(params)).toMatchObject({
      settings: { matchBy: undefined, propertyNames: { exclude: ['users.phone'] }, environmentId: '11' },
      errors: { join_property: expect.any(String) },
    })
  })
})

describe('dry_run', () => {
  test.each([
    ['yes', true],
    [' yes ', true],
    ['no', false],
    ['', false],
    [null, false],
    [undefined, false],
  ])('%j is valid', (dry_run, dryRun) => expect(settingsOf({ dry_run })).toMatchObject({ dryRun }))

  test.each([['true'], ['YES'], ['1'], [true], [1], [false], [{}]])(
    '%j is invalid, and never taken for "no"',
    (dry_run) => {
      expect(wrongOf({ dry_run })).toEqual(['dry_run'])
    },
  )
})

describe('max_rejected_percent', () => {
  test.each([
    ['', 0],
    ['0', 0],
    ['5', 5],
    [' 5 ', 5],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['100', 100],
    [7, 7],
    [null, 0],
  ])('%j is valid', (max_rejected_percent, maxRejectedPercent) =>
    expect(settingsOf({ max_rejected_percent })).toMatchObject({ maxRejectedPercent }),
  )

  test.each(['-1', '100.1', '101', '5%', '1e1', '0x5', '.', '1.2.3', '1,5', 'NaN', 'Infinity', 'x'])(
    '%j is invalid',
    (max_rejected_percent) => expect(wrongOf({ max_rejected_percent })).toEqual(['max_rejected_percent']),
  )
})

describe('property_names', () => {
  test.each([
    ['', { rename: {}, exclude: [] }],
    ['{}', { rename: {}, exclude: [] }],
    ['{"rename":{"users.email":"email"}}', { rename: { 'users.email': 'email' }, exclude: [] }],
    ['{"exclude":["users.phone"]}', { rename: {}, exclude: ['users.phone'] }],
    [' {"rename":{"a":"b"},"exclude":["c"],"version":2} ', { rename: { a: 'b' }, exclude: ['c'] }],
  ])('%s is valid', (property_names, propertyNames) =>
    expect(settingsOf({ property_names }).propertyNames).toEqual(propertyNames),
  )

  test('is not lost when it comes as JSON and not as text', () => {
    const property_names = { rename: { a: 'b' }, exclude: ['c'] }
    expect(settingsOf({ property_names }).propertyNames).toEqual(property_names)
  })

  test('may rename columns called like something of Object.prototype', () => {
    const { rename, exclude } = settingsOf({
      property_names: '{"rename":{"__proto__":"a","constructor":"b"},"exclude":["toString"]}',
    }).propertyNames
    expect(Object.entries(rename)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    expect(exclude).toEqual(['toString'])
    expect(Object.getPrototypeOf(rename)).toBe(Object.prototype)
  })

  test('takes nothing from a prototype', () => {
    const property_names = '{"__proto__":{"rename":{"a":"b"},"exclude":["c"]}}'
    expect(settingsOf({ property_names }).propertyNames).toEqual({ rename: {}, exclude: [] })
  })

  test.each([
    'x',
    '{',
    'null',
    '[]',
    '"text"',
    '5',
    '{"rename":null}',
    '{"rename":[]}',
    '{"rename":"a"}',
    '{"rename":{"a":1}}',
    '{"rename":{"a":null}}',
    '{"exclude":null}',
    '{"exclude":{}}',
    '{"exclude":"a"}',
    '{"exclude":[1]}',
  ])('%s is invalid', (property_names) => expect(wrongOf({ property_names })).toEqual(['property_names']))
})

describe('parseSettings', () => {
  test('tells all errors at once, in the order of the form', () => {
    const params = {
      sync_id: 'x',
      send: 'x',
      test_rows: 'x',
      empty_value: 'a\0b',
      property_names: '{',
      max_rejected_percent: 'x',
      dry_run: 'x',
      match_by: 'x',
      heap_field: '',
      property_type: '',
      env_id: '',
    }
    const inForm = formFields(params).map(({ name }) => name)
    expect(Object.keys(errorsOf(params))).toEqual(inForm)
    expect(Object.keys(errorsOf({}))).toEqual(['env_id', 'property_type', 'heap_field'])
    for (const text of Object.values(errorsOf(params))) expect(text).toMatch(/^[A-Z].*\.$/)
  })

  test('leaves parameters alone that it does not know', () => {
    const extra = { format: 'json_detail', api_key: 'x', rename: {}, constructor: 'x', deep: { a: [1] } }
    expect(parseSettings({ ...minimal, ...extra })).toEqual(parseSettings(minimal))
    const proto = JSON.parse('{"__proto__":{"env_id":"99","dry_run":"yes"}}')
    expect(parseSettings({ ...proto, ...minimal })).toEqual(parseSettings(minimal))
  })

  test('reads nothing that is not a parameter of its own', () => {
    expect(Object.keys(errorsOf(Object.create(minimal)))).toEqual(['env_id', 'property_type', 'heap_field'])
  })

  test('answers whatever it is given, and is valid only with what Heap needs', () => {
    const names = [
      'env_id',
      'property_type',
      'heap_field',
      'match_by',
      'join_property',
      'dry_run',
      'max_rejected_percent',
      'property_names',
      'empty_value',
      'test_rows',
      'send',
      'sync_id',
      'other',
    ]
    const value = fc.oneof(
      fc.string(),
      fc.jsonValue(),
      fc.constantFrom(
        '11',
        'user',
        'account',
        'yes',
        'no',
        '5',
        '{}',
        'identity',
        'heap_setup',
        null,
        undefined,
      ),
    )
    const params = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), value),
      fc.dictionary(fc.constantFrom(...names.slice(3)), value).map((some) => ({ ...minimal, ...some })),
    )
    fc.assert(
      fc.property(params, (given: FormParams) => {
        const parsed = parseSettings(given)
        if (parsed.kind === 'invalid') {
          expect(Object.keys(parsed.errors).length).toBeGreaterThan(0)
          expect(names).toEqual(expect.arrayContaining(Object.keys(parsed.errors)))
          return
        }
        const { environmentId, propertyType, joinKeyColumn, matchBy, dryRun, maxRejectedPercent, madeFor } =
          parsed.settings
        expect(environmentId).toMatch(/^[0-9]+$/)
        expect(['user', 'account']).toContain(propertyType)
        expect(joinKeyColumn.trim()).not.toBe('')
        const own = names.slice(3, -1).some((name) => (given[name] ?? null) !== null)
        expect(madeFor).toBe(own ? 'this_action' : 'heap_action')
        const isChosen = own ? String(given.match_by).trim() === 'heap_setup' : true
        expect(matchBy).toBe(propertyType === 'user' && isChosen ? 'heap_setup' : 'identity')
        if (propertyType === 'user' && !['', 'identity'].includes(String(given.join_property ?? '').trim()))
          expect(String(given.match_by ?? '').trim()).not.toBe('')
        expect(dryRun).toBe(String(given.dry_run).trim() === 'yes')
        expect(maxRejectedPercent).toBeGreaterThanOrEqual(0)
        expect(maxRejectedPercent).toBeLessThanOrEqual(100)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the form', () => {
  const names = (params: FormParams) => formFields(params).map(({ name }) => name)
  const all = [
    'env_id',
    'property_type',
    'heap_field',
    'match_by',
    'dry_run',
    'max_rejected_percent',
    'property_names',
    'empty_value',
    'test_rows',
    'send',
    'sync_id',
  ]

  test('has the fields of the contract, in order', () => {
    expect(names({})).toEqual(all)
    expect(names({ property_type: 'user' })).toEqual(all)
    expect(names({ property_type: 'nonsense' })).toEqual(all)
  })

  test('has the types and defaults of the contract', () => {
    const shown = formFields({}).map((field) => [field.name, field.type, field.default])
    expect(shown).toEqual([
      ['env_id', 'string', undefined],
      ['property_type', 'select', 'user'],
      ['heap_field', 'string', undefined],
      ['match_by', 'select', 'identity'],
      ['dry_run', 'select', 'no'],
      ['max_rejected_percent', 'string', '0'],
      ['property_names', 'textarea', undefined],
      ['empty_value', 'string', undefined],
      ['test_rows', 'string', undefined],
      ['send', 'select', 'all'],
      ['sync_id', 'string', undefined],
    ])
  })

  test('asks what to match by for users only', () => {
    const withoutMatchBy = all.filter((name) => name !== 'match_by')
    expect(names({ property_type: 'account' })).toEqual(withoutMatchBy)
    expect(names({ property_type: ' account ' })).toEqual(withoutMatchBy)
  })

  test('requires what the original action required, and nothing new', () => {
    const required = formFields({}).filter((field) => field.required)
    expect(required.map(({ name }) => name)).toEqual(['env_id', 'property_type', 'heap_field'])
  })

  test('is fetched anew when the property type changes', () => {
    const interactive = formFields({}).filter((field) => field.interactive)
    expect(interactive.map(({ name }) => name)).toEqual(['property_type'])
  })

  test('has options for its select fields, with a default among them', () => {
    const selects = formFields({}).filter(({ type }) => type === 'select')
    expect(selects.map(({ name, options }) => [name, options?.map((option) => option.name)])).toEqual([
      ['property_type', ['user', 'account']],
      ['match_by', ['identity', 'heap_setup']],
      ['dry_run', ['no', 'yes']],
      ['send', ['all', 'changed']],
    ])
    for (const field of selects) expect(field.options?.map(({ name }) => name)).toContain(field.default)
  })

  test('shows a label and a description for every field, and holds nothing but JSON', () => {
    const fields = formFields({})
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields)
    for (const { label, description } of fields) {
      expect(label).not.toBe('')
      expect(description).toMatch(/^[A-Z].*\.$/)
    }
    const known = ['name', 'label', 'description', 'type', 'required', 'default', 'interactive', 'options']
    expect(known).toEqual(expect.arrayContaining(fields.flatMap((field) => Object.keys(field))))
  })

  test('says what both choices of match_by do', () => {
    const { options, description } = formFields({}).find(({ name }) => name === 'match_by')!
    expect(options?.map(({ label }) => label)).toEqual([
      'Heap identity',
      "The user property chosen in Heap's set-up of Looker Data Import",
    ])
    expect(description).toContain('creates a new user')
    expect(description).toContain('Integrations > Directory > Looker Data Import')
    expect(description).toContain('Heap documents none of this')
  })

  test('has defaults that are valid', () => {
    const defaults = Object.fromEntries(formFields({}).map((field) => [field.name, field.default]))
    expect(wrongOf({ ...defaults, ...minimal })).toEqual([])
  })
})

test('heap_field takes only what can be a name', () => {
  for (const heap_field of ['x'.repeat(1_024), 'half \ud83d', 'a\0b']) {
    const parsed = parseSettings({ ...minimal, heap_field })
    expect(parsed).toEqual({ kind: 'invalid', errors: { heap_field: expect.stringMatching(/name/) } })
  }
  expect(parseSettings({ ...minimal, heap_field: '€'.repeat(1_023) }).kind).toBe('valid')
})
