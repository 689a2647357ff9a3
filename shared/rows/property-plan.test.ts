import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column } from '../looker-result/columns.ts'
import { aColumn } from '../testing/columns.ts'
import type { PropertyNames } from './property-plan.ts'
import { isReservedPropertyName, MAX_COLUMNS, NO_PROPERTY_NAMES, planProperties } from './property-plan.ts'

const email = aColumn({ name: 'users.email', label: 'Users Email', shortLabel: 'Email' })
const plan = aColumn({ name: 'users.plan', label: 'Users Plan' })
const seats = aColumn({ name: 'users.seats', label: 'Users Seats' })
const pivoted = (key: string, label = key) =>
  aColumn({ name: 'orders.count', label: `Orders Count - ${label}`, pivot: { key, label } })

function namesOf(columns: Column[], names: PropertyNames = NO_PROPERTY_NAMES): string[] {
  const planned = planProperties(columns, email, names)
  if (planned.kind === 'failed') throw new Error(planned.message)
  return planned.properties.map(({ name }) => name)
}

function failureOf(columns: Column[], names: PropertyNames = NO_PROPERTY_NAMES): string {
  const planned = planProperties(columns, email, names)
  if (planned.kind !== 'failed') throw new Error(planned.kind)
  return planned.message
}

const rename = (renamed: Record<string, string>) => ({ rename: renamed, exclude: [] })

describe('a property', () => {
  test('is made of each column but the join key, and called by its label', () => {
    expect(planProperties([plan, email, seats], email, NO_PROPERTY_NAMES)).toEqual({
      kind: 'planned',
      properties: [
        { column: plan, name: 'Users Plan' },
        { column: seats, name: 'Users Seats' },
      ],
      warnings: [],
    })
  })

  test('is not made of a column that is hidden or left out', () => {
    const hidden = aColumn({ name: 'users.phone', label: 'Users Phone', hidden: true })
    expect(namesOf([email, plan, hidden])).toEqual(['Users Plan'])
    expect(namesOf([email, plan, seats], { rename: {}, exclude: ['users.plan'] })).toEqual(['Users Seats'])
  })

  test('is made of each pivot value, and of the row total', () => {
    expect(namesOf([email, pivoted('2025-01'), pivoted('$$$_row_total_$$$', 'Row Total')])).toEqual([
      'Orders Count - 2025-01',
      'Orders Count - Row Total',
    ])
  })

  test('is not made of any pivot value of a measure that is left out', () => {
    const columns = [email, plan, pivoted('2025-01'), pivoted('2025-02')]
    expect(namesOf(columns, { rename: {}, exclude: ['orders.count'] })).toEqual(['Users Plan'])
  })
})

describe('a renamed column', () => {
  test('gives its property the new name', () => {
    expect(namesOf([email, plan, seats], rename({ 'users.plan': 'plan' }))).toEqual(['plan', 'Users Seats'])
  })

  test('keeps the pivot value behind the new name', () => {
    expect(
      namesOf([email, pivoted('1', 'Jan'), pivoted('2', 'Feb')], rename({ 'orders.count': 'n' })),
    ).toEqual(['n - Jan', 'n - Feb'])
  })

  test('loses the white space around the new name, as labels do', () => {
    expect(namesOf([email, plan], rename({ 'users.plan': ' plan ' }))).toEqual(['plan'])
    expect(failureOf([email, plan], rename({ 'users.plan': 'ID ' }))).toContain('"ID"')
    const twins = rename({ 'users.plan': 'x', 'users.seats': 'x ' })
    expect(failureOf([email, plan, seats], twins)).toContain('2 columns')
  })

  test.each(['', '  '])('to %j is a failure', (name) => {
    expect(failureOf([email, plan, seats], rename({ 'users.plan': name }))).toContain('(users.plan)')
    const message = failureOf([email, plan, pivoted('1')], rename({ 'orders.count': name }))
    expect(message).toContain('(orders.count)')
    expect(message).toContain('without a name')
  })

  test('may take the label of a column that is left out', () => {
    const names = { rename: { 'users.plan': 'Users Seats' }, exclude: ['users.seats'] }
    expect(namesOf([email, plan, seats], names)).toEqual(['Users Seats'])
  })

  test('may escape a reserved name', () => {
    const id = aColumn({ name: 'users.id', label: 'ID' })
    expect(namesOf([email, id], rename({ 'users.id': 'CRM ID' }))).toEqual(['CRM ID'])
  })
})

describe('a change of a column that is gone', () => {
  test('is a warning that names it, once', () => {
    const names = { rename: { 'users.old': 'x' }, exclude: ['users.gone', 'users.old'] }
    const planned = planProperties([email, plan], email, names)
    if (planned.kind === 'failed') throw new Error(planned.message)
    expect(planned.warnings).toEqual([expect.stringContaining('"users.old", "users.gone". ')])
  })

  test('does not include the join key or hidden columns', () => {
    const hidden = aColumn({ name: 'users.phone', hidden: true })
    const names = { rename: { 'users.email': 'x', 'users.phone': 'y' }, exclude: ['users.phone'] }
    expect(planProperties([email, hidden, plan], email, names)).toMatchObject({ warnings: [] })
  })

  test.each(['__proto__', 'constructor', 'toString'])('may be called %s', (name) => {
    const planned = planProperties([email, plan], email, { rename: {}, exclude: [name] })
    expect(planned).toMatchObject({ warnings: [expect.stringContaining(`"${name}"`)] })
  })
})

describe('nothing may be sent', () => {
  test('when two columns have one name: the failure names both columns and what to do', () => {
    const twin = aColumn({ name: 'accounts.plan', label: 'Users Plan' })
    const message = failureOf([email, plan, twin, seats])
    expect(message).toContain('"Users Plan"')
    expect(message).toContain('"users.plan", "accounts.plan"')
    expect(message).toContain('Rename')
    expect(message).not.toContain('users.seats')
  })

  test('when a rename meets a label, or two pivot values have one label', () => {
    const names = rename({ 'users.seats': 'Users Plan' })
    expect(failureOf([email, plan, seats], names)).toContain('"users.plan", "users.seats"')
    const message = failureOf([email, pivoted('a', 'x'), pivoted('b', 'x')])
    expect(message).toContain('"orders.count [a]", "orders.count [b]"')
  })

  test('and every problem is told at once', () => {
    const twin = aColumn({ name: 'accounts.plan', label: 'Users Plan' })
    const id = aColumn({ name: 'users.id', label: 'Id' })
    const message = failureOf([email, plan, twin, id])
    expect(message).toContain('(users.id)')
    expect(message).toContain('"users.plan", "accounts.plan"')
    expect(message).toMatch(/\. 2 columns/)
  })

  test.each(['id', 'Id', 'iD', 'ID', 'user_id'])('when a column is called %s, a name of Heap', (name) => {
    const message = failureOf([email, plan, aColumn({ name: 'users.x', label: name })])
    expect(message).toContain(`"${name}"`)
    expect(message).toContain('(users.x)')
    expect(message).toContain('Rename')
  })

  test('when a column is renamed to a reserved name', () => {
    expect(failureOf([email, plan], rename({ 'users.plan': 'id' }))).toContain('(users.plan)')
  })

  test('when a name has 1,024 characters: the failure is short and names the column', () => {
    const long = (count: number) => aColumn({ name: 'users.long', label: '😀'.repeat(count) })
    expect(namesOf([email, long(1023)])).toEqual(['😀'.repeat(1023)])
    const message = failureOf([email, long(1024)])
    expect(message).toContain('(users.long)')
    expect(message).toContain('1,024 characters')
    expect(message.length).toBeLessThan(400)
    expect(message.isWellFormed()).toBe(true)
  })

  test('when a rename has 1,024 characters', () => {
    const message = failureOf([email, plan], rename({ 'users.plan': 'x'.repeat(1024) }))
    expect(message).toContain('"Users Plan" (users.plan)')
  })

  test.each([
    ['besides the join key there is none', [email]],
    ['all others are hidden', [email, { ...plan, hidden: true }]],
  ])('when %s to import', (_, columns) => {
    expect(failureOf(columns)).toContain('no column to import')
  })

  test('but a column that is not imported makes no problem', () => {
    const id = aColumn({ name: 'users.id', label: 'id' })
    const twin = aColumn({ name: 'users.plan2', label: 'Users Plan', hidden: true })
    expect(namesOf([email, plan, twin, id], { rename: {}, exclude: ['users.id'] })).toEqual(['Users Plan'])
    expect(planProperties([id, plan], id, NO_PROPERTY_NAMES).kind).toBe('planned')
  })
})

test.each(['USER_ID', 'user id', 'ids', 'identity', 'email', 'Email', '__proto__', 'constructor'])(
  '%s is a name that Heap takes',
  (name) => {
    expect(isReservedPropertyName(name)).toBe(false)
    expect(namesOf([email, aColumn({ name: 'users.x', label: name })])).toEqual([name])
  },
)

test('names like those of Object.prototype are neither renamed nor left out by themselves', () => {
  const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) => aColumn({ name }))
  expect(namesOf([email, ...odd])).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
  const renamed = JSON.parse('{"__proto__":"a","constructor":"b"}')
  expect(namesOf([email, ...odd], rename(renamed))).toEqual(['a', 'b', 'toString', 'hasOwnProperty'])
})

test('labels that differ only in case are two properties, as in Heap', () => {
  const columns = [email, aColumn({ name: 'a.x', label: 'Email' }), aColumn({ name: 'b.x', label: 'email' })]
  expect(namesOf(columns)).toEqual(['Email', 'email'])
})

test('any columns are planned exactly when their names differ, one property each', () => {
  const label = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'a', 'constructor')
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
      const columns = labels.map((text, index) => aColumn({ name: `v.c${index}`, label: text }))
      const planned = planProperties([email, ...columns], email, NO_PROPERTY_NAMES)
      const distinct = labels.every((text, index) => labels.indexOf(text) === index)
      expect(planned.kind).toBe(distinct ? 'planned' : 'failed')
      if (planned.kind === 'planned') expect(planned.properties.map(({ name }) => name)).toEqual(labels)
    }),
  )
})

test.each(['half \ud83d', 'a\0b'])('a name that is not valid text, %j, is refused', (label) => {
  const plan = planProperties(
    [aColumn({ name: 'k' }), aColumn({ name: 'a', label })],
    aColumn({ name: 'k' }),
    NO_PROPERTY_NAMES,
  )
  expect(plan).toEqual({ kind: 'failed', message: expect.stringContaining('not valid text') })
})

test('more columns than anybody needs are refused, and many problems are told in part', () => {
  const key = aColumn({ name: 'k' })
  const many = (count: number, label?: string) =>
    Array.from({ length: count }, (_, index) => aColumn({ name: `c${index}`, label: label ?? `C${index}` }))
  expect(planProperties(many(MAX_COLUMNS), key, NO_PROPERTY_NAMES).kind).toBe('planned')
  expect(planProperties(many(100_000), key, NO_PROPERTY_NAMES)).toEqual({
    kind: 'failed',
    message: 'The Look has 100,000 columns; at most 10,000 can be imported. Remove columns from the Look.',
  })
  const problems = planProperties(many(5_000, 'id'), key, NO_PROPERTY_NAMES)
  expect(problems.kind === 'failed' && problems.message).toMatch(/And [\d,]+ more problems\.$/)
  expect(problems.kind === 'failed' && problems.message.length).toBeLessThan(1_500)
})
