import fc from 'fast-check'

/** The text of a result with rows of mostly one form and cells of every kind, some of them hostile or broken. */
export type RandomResult = { bytes: Buffer; keyLabel: string; isPlain: boolean }

const ANCHOR = "<a href='/explore/x' class='cell-clickable-content' target='_self'>$1,234.50 &amp; é</a>"

/** JSON texts of strings. */
const someText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.constantFrom(
          '\ud83d',
          '\ude00',
          '😀',
          'é',
          '\0',
          '\u001f',
          '/',
          '"',
          '\\',
          '\n',
          '\u2028',
          '\ufeff',
          '\u007f',
        ),
      )
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '2026-03-05',
      '2026-03-05 14',
      '2026-03-29 02:30:00',
      '2026-10-25T02:30:00.125',
      '2026-03-05 24:00:00',
      '1890-01-01 00:00:00',
      ANCHOR,
      '<a ',
      '<a',
      '<a href="/x">b</a>',
      '<b>',
      '12345678901234567890',
      '1e400',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('x', 'é', '日', '😀', '"', '\n', '\u0001'),
        fc.constantFrom(340, 341, 342, 511, 512, 1022, 1023, 1024, 1025, 3000),
      )
      .map(([unit, count]) => unit.repeat(count)),
  },
)

const hex = (unit: number, upper: boolean) => {
  const digits = unit.toString(16).padStart(4, '0')
  return `\\u${upper ? digits.toUpperCase() : digits}`
}

const escapeSome = (json: string, how: 'plain' | 'ascii' | 'all' | 'slash') => {
  if (how === 'plain') return json
  if (how === 'slash') return json.replaceAll('/', '\\/')
  if (how === 'ascii') return json.replace(/[^ -~]/g, (unit) => hex(unit.charCodeAt(0), false))
  return json.replace(/[^"\\](?![^"\\]*\\u)/g, (unit) => hex(unit.charCodeAt(0), true))
}

const textToken = fc
  .tuple(someText, fc.constantFrom('plain', 'plain', 'plain', 'ascii', 'slash', 'all'))
  .map(([text, how]) => {
    const token = escapeSome(JSON.stringify(text), how as 'plain')
    try {
      JSON.parse(token)
      return token
    } catch {
      return JSON.stringify(text)
    }
  })

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`))

const numberToken = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(fc.constantFrom('', '-'), fc.constantFrom('0', '1', '12', '123456789'), digits(1, 18))
    .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`),
  fc
    .tuple(fc.constantFrom('', '-'), fc.integer({ min: 1, max: 9 }), digits(0, 20))
    .map(([sign, first, rest]) => `${sign}${first}${rest}`),
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '0.0',
    '1.0',
    '1.50',
    '0.05',
    '0.000001',
    '0.0000001',
    '0.00000123',
    '0.1e-7',
    '1E5',
    '1e5',
    '1e+5',
    '-1E-5',
    '1e400',
    '-1e400',
    '1e21',
    '5e-324',
    '1e-400',
    '999999999999999',
    '9999999999999999',
    '9007199254740991',
    '9007199254740993',
    '123456789012345.6',
    '12345678901234.5',
    '0.12345678901234',
    '0.123456789012345',
    '12345678901234567.5',
    '100',
    '10.10',
  ),
)

const scalarToken = fc.oneof(
  { weight: 8, arbitrary: textToken },
  { weight: 5, arbitrary: numberToken },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false') },
  { weight: 3, arbitrary: fc.constant('null') },
)

const KEYS = Array.from({ length: 40 }, (_, index) => JSON.stringify(`user-${index}@example.com`))
const keyToken = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...KEYS) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 0, max: 10_000 }).map((number) => `"person${number}@example.org"`),
  },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: 30 }).map(String) },
  { weight: 2, arbitrary: scalarToken },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '"null"',
      '"UNDEFINED"',
      '"un\u212anown"',
      '"un\\u006bnown"',
      '"N/A"',
      '"∅"',
      '"-Infinity"',
      '"[object Object]"',
      '" guest "',
      '"user"',
      '"users"',
      '" user-1@example.com"',
      '"user-1@example.com\\t"',
      '"user-1@example.com\u00a0"',
      '"\ufeffuser-1@example.com"',
      '"7"',
      '"user\\u002d1@example.com"',
      '"   "',
      '""',
      `"${'k'.repeat(255)}"`,
      `"${'k'.repeat(256)}"`,
      `"${'😀'.repeat(255)}"`,
      `"${'é'.repeat(256)}"`,
      '"k\\u0000"',
      '"\\ud83d"',
      JSON.stringify(ANCHOR),
      '"__proto__"',
    ),
  },
)

/** Cells that are no scalars. */
const oddCell = fc.oneof(
  scalarToken,
  scalarToken.map((token) => `{"value":${token},"rendered":"x","filterable_value":"y","links":[]}`),
  scalarToken.map((token) => `{"links":[{"url":"/x"}],"value":${token}}`),
  scalarToken.map((token) => `{"value":1,"value":${token}}`),
  scalarToken.map((token) => `{"\\u0076alue":${token}}`),
  scalarToken.map((token) => `{"value":[${token},{"a":12345678901234567890}]}`),
  scalarToken.map((token) => `{"p1":{"value":${token}}}`),
  scalarToken.map((token) => `{"p1":{"value":${token}},"p2":null}`),
  fc.constantFrom('{}', '{"rendered":"x"}', '{"value":{"value":3,"x":1}}', '[]', '{"value":{}}'),
)

const brokenToken = fc.constantFrom(
  '01',
  '1.',
  '-',
  '+1',
  '.5',
  '1e',
  'tru',
  'nul',
  'falsy',
  '"\\x"',
  '"\\u12g4"',
  '"\u0001"',
  '"a\nb"',
  "'a'",
  'NaN',
  '1 2',
  '',
  '"\xff"',
  '-01',
)

const NAMES = [
  'users.a',
  'users.bb',
  'orders.count',
  '__proto__',
  'constructor',
  '1',
  '10',
  '',
  'é😀',
  'a"b',
  'value',
  'looker_error',
  'toString',
  'x'.repeat(50),
]
const TYPES = ['string', 'string', 'number', 'date_time', 'date_date', 'time', 'yesno']

export const randomResult: fc.Arbitrary<RandomResult> = fc
  .record({
    names: fc.shuffledSubarray(NAMES, { minLength: 1, maxLength: 7 }),
    types: fc.array(fc.constantFrom(...TYPES), { minLength: 8, maxLength: 8 }),
    converted: fc.boolean(),
    timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', null, 'Mars/Olympus'),
    keyAt: fc.nat(7),
    keyName: fc.constantFrom('users.email', 'users.email', '__proto__2', 'ключ'),
    space: fc.constantFrom('', '', '', ' ', '\n  ', '\t\r\n'),
    form: fc.constantFrom('cell', 'cell', 'cell', 'bare'),
    oddity: fc.constantFrom(0, 0, 0.02, 0.3),
    isBroken: fc.boolean(),
    keyedBy: fc.constantFrom('name', 'name', 'name', 'label'),
    rows: fc.array(
      fc.record({
        key: keyToken,
        cells: fc.array(scalarToken, { minLength: 7, maxLength: 7 }),
        chance: fc.double({ min: 0, max: 1, noNaN: true }),
        odd: oddCell,
        broken: brokenToken,
        way: fc.nat(7),
        place: fc.nat(6),
      }),
      { maxLength: 60, size: 'max' },
    ),
  })
  .map((given) => {
    const { names, space, form } = given
    const at = given.keyAt % (names.length + 1)
    const columns = [...names.slice(0, at), given.keyName, ...names.slice(at)]
    const isKey = (name: string) => name === given.keyName
    const labelOf = (name: string) => (isKey(name) ? 'The Key' : `Label of ${name}`)
    const fields = columns.map((name, index) => ({
      name,
      label: labelOf(name),
      type: isKey(name) ? 'string' : given.types[index],
      convert_tz: given.converted,
    }))
    const keyText = (name: string) => JSON.stringify(given.keyedBy === 'name' ? name : labelOf(name))
    const cell = (token: string, of: 'cell' | 'bare') =>
      of === 'bare' ? token : `{${space}"value":${space}${token}${space}}`
    const member = (name: string, text: string) => `${keyText(name)}${space}:${space}${text}`
    const brokenAt = given.isBroken ? Math.floor(given.rows.length * 0.7) : -1

    const rows = given.rows.map((row, index) => {
      let next = 0
      let members = columns.map((name) =>
        member(name, cell(isKey(name) ? row.key : (row.cells[next++] ?? 'null'), form)),
      )
      const place = row.place % columns.length
      const name = columns[place] ?? ''
      if (index === brokenAt) members[place] = member(name, cell(row.broken, form))
      else if (row.chance < given.oddity) {
        if (row.way === 0) members.reverse()
        else if (row.way === 1) members.splice(place, 1)
        else if (row.way === 2) members.push(member(name, cell(row.odd, 'bare')))
        else if (row.way === 3) members.push(`"unknown":${row.odd}`)
        else if (row.way === 4) members = [member('looker_error', '"the query failed"')]
        else members[place] = member(name, row.odd)
      }
      return `{${space}${members.join(`${space},${space}`)}${space}}`
    })
    const head = JSON.stringify({
      fields: { dimensions: fields, measures: [], pivots: [], table_calculations: [] },
      timezone: given.timezone,
    })
    const text = `${head.slice(0, -1)},"data":[${rows.join(`,${space}`)}]}`
    // The byte 0xff stands for what is no UTF-8.
    const [before = '', ...after] = text.split('"\xff"')
    const bytes = Buffer.from(before)
    const pieces = after.flatMap((piece) => [Buffer.from([0x22, 0xff, 0x22]), Buffer.from(piece)])
    return {
      bytes: Buffer.concat([bytes, ...pieces]),
      keyLabel: 'The Key',
      isPlain: given.oddity === 0 && !given.isBroken,
    }
  })

const PIVOT_KEYS = ['2024', '2025', 'value', 'a"b', '$$$_row_total_$$$']

/** The same with a pivoted measure, whose map of pivots is mostly whole. */
export const randomPivotedResult: fc.Arbitrary<RandomResult> = fc
  .record({
    keys: fc.shuffledSubarray(PIVOT_KEYS, { minLength: 1, maxLength: 4 }),
    announced: fc.boolean(),
    declared: fc.boolean(),
    form: fc.constantFrom('cell', 'cell', 'bare'),
    oddity: fc.constantFrom(0, 0, 0.05, 0.4),
    rows: fc.array(
      fc.record({
        key: keyToken,
        cells: fc.array(scalarToken, { minLength: 5, maxLength: 5 }),
        odd: fc.oneof(oddCell, fc.constantFrom('null', '{}', '{"2024":null}', '{"2026":{"value":7}}')),
        chance: fc.double({ min: 0, max: 1, noNaN: true }),
        isWhole: fc.boolean(),
      }),
      { maxLength: 60, size: 'max' },
    ),
  })
  .map(({ keys, announced, declared, form, oddity, rows }) => {
    const cell = (token: string) => (form === 'bare' ? token : `{"value":${token}}`)
    const texts = rows.map(({ key, cells, odd, chance, isWhole }) => {
      const pivots = keys.map((name, index) => `${JSON.stringify(name)}:${cell(cells[index] ?? 'null')}`)
      const map = `{${pivots.join(',')}}`
      const isOdd = chance < oddity
      const measure = isOdd && isWhole ? odd : isOdd ? `{${pivots.slice(1).join(',')}}` : map
      return `{"users.email":{"value":${key}},"orders.count":${measure},"users.plan":${cell(cells[4] ?? 'null')}}`
    })
    const head = JSON.stringify({
      fields: {
        dimensions: [
          { name: 'users.email', label: 'The Key', type: 'string' },
          { name: 'users.plan', label: 'Plan', type: 'string' },
        ],
        measures: [{ name: 'orders.count', label: 'Count', type: 'count' }],
        pivots: announced ? [{ name: 'orders.year', label: 'Year' }] : [],
        table_calculations: [],
      },
      pivots: declared ? keys.map((key) => ({ key })) : [],
      timezone: 'UTC',
    })
    const bytes = Buffer.from(`${head.slice(0, -1)},"data":[${texts.join(',')}]}`)
    return { bytes, keyLabel: 'The Key', isPlain: oddity === 0 }
  })
