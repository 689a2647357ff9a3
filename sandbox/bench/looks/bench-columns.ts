import type { LookField } from '../../looker/look.ts'
import { dimension, measure } from '../../looker/look-fields.ts'
import { DIRTY_TEXTS, dirtyTime } from './dirty-cells.ts'

/** A column besides the join key. */
type BenchColumn = {
  field: LookField
  /** The JSON of the value in a row of that number. */
  write: (row: number) => string
}

export const keyField = dimension('users.email', 'Users', 'Email', { tags: ['email'] })

/** Of the cells besides the join key, at least one in every row. */
const DIRTY_SHARE = 0.14

const CITIES = ['Lisbon', 'Oslo', 'Nairobi', 'Lagos', 'Osaka']
const TIERS = ['Bronze', 'Silver', 'Gold', 'Platinum']

/** The columns of a clean Look repeat after these. */
const KINDS: readonly ((suffix: string) => BenchColumn)[] = [
  (suffix) => ({
    field: dimension(`users.city${suffix}`, 'Users', `City${suffix}`),
    write: (row) => JSON.stringify(CITIES[row % CITIES.length]),
  }),
  (suffix) => ({
    field: dimension(`users.ltv_tier${suffix}`, 'Users', `LTV Tier${suffix}`),
    write: (row) => JSON.stringify(TIERS[row % TIERS.length]),
  }),
  (suffix) => ({
    field: dimension(`users.signup_date${suffix}`, 'Users', `Signup Date${suffix}`, { type: 'date_date' }),
    write: (row) => `"2025-${twoDigits(1 + (row % 12))}-${twoDigits(1 + (row % 28))}"`,
  }),
  (suffix) => ({
    field: dimension(`users.newsletter${suffix}`, 'Users', `Newsletter (Yes / No)${suffix}`, {
      type: 'yesno',
    }),
    write: (row) => (row % 2 === 0 ? '"Yes"' : '"No"'),
  }),
  (suffix) => ({
    field: measure(`orders.count${suffix}`, 'Orders', `Count${suffix}`, { type: 'count' }),
    write: (row) => String(row % 40),
  }),
  (suffix) => ({
    field: measure(`orders.revenue${suffix}`, 'Orders', `Revenue${suffix}`),
    write: (row) => String((row * 37) / 100),
  }),
  (suffix) => ({
    field: measure(`visits.count${suffix}`, 'Visits', `Count${suffix}`, { type: 'count' }),
    write: (row) => String(row),
  }),
]

/** The columns of a plain Look besides the join key. */
export function columnsOf({ columns, cells }: { columns: number; cells: 'clean' | 'dirty' }): BenchColumn[] {
  const count = countCells(columns)
  const clean = Array.from({ length: count }, (_, index) => cleanColumn(index))
  if (cells === 'clean') return clean
  const dirty = Math.max(1, Math.round(count * DIRTY_SHARE))
  // One dirty column would always be of one kind: so it takes two, one of which is empty, and they take turns.
  if (dirty === 1) return [...clean.slice(2), ...takingTurns()]
  return [
    ...clean.slice(dirty),
    timeColumn(),
    ...Array.from({ length: dirty - 1 }, (_, index) => textColumn(index)),
  ]
}

/** The pivot values by which a pivoted Look has as many cells a row as a plain one. */
export function pivotValues({ columns }: { columns: number }): string[] {
  return Array.from({ length: countCells(columns) }, (_, index) => `Shop ${index + 1}`)
}

function countCells(columns: number): number {
  return Math.max(1, columns - 1)
}

function cleanColumn(index: number): BenchColumn {
  const round = Math.floor(index / KINDS.length)
  const kind = KINDS[index % KINDS.length] ?? KINDS[0]
  if (!kind) throw new RangeError('there are no kinds of columns')
  return kind(round === 0 ? '' : ` ${round + 1}`)
}

function timeColumn(): BenchColumn {
  return {
    field: dimension('users.last_seen_time', 'Users', 'Last Seen Time', { type: 'date_time' }),
    write: (row) => dirtyTime(row),
  }
}

function textColumn(index: number): BenchColumn {
  return {
    field: dimension(`users.note_${index + 1}`, 'Users', `Note ${index + 1}`),
    write: (row) => DIRTY_TEXTS[(row + index) % DIRTY_TEXTS.length] ?? '""',
  }
}

/** Every row has one dirty cell: in one row of four it is a time, in the others a text. */
function takingTurns(): BenchColumn[] {
  const time = timeColumn()
  const text = textColumn(0)
  return [
    { ...time, write: (row) => (row % 4 === 0 ? time.write(row) : 'null') },
    { ...text, write: (row) => (row % 4 === 0 ? 'null' : text.write(row)) },
  ]
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
