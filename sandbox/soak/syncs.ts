import type { Look, LookRow } from '../looker/look.ts'

/** One scheduled plan that is delivered again and again, each time with other values under the same keys. */
export type Sync = {
  name: string
  params: Record<string, string>
  environmentId: string
  kind: 'users' | 'accounts'
  /** Name that the stand-in keeps an entity under. */
  heldAs: (key: string) => string
  /** Most rows of a delivery. */
  most: number
}

const plain = (key: string) => key

export const SYNCS: readonly Sync[] = [
  sync('small', '11', 'users', 800),
  sync('medium', '11', 'users', 6_000),
  sync('large', '11', 'users', 40_000),
  sync('accounts', '12', 'accounts', 3_000),
  { ...sync('joined', '13', 'users', 3_000, { match_by: 'heap_setup' }), heldAs: (key) => `email=${key}` },
]

function sync(
  name: string,
  environmentId: string,
  kind: Sync['kind'],
  most: number,
  more: Record<string, string> = {},
): Sync {
  const params = {
    env_id: environmentId,
    property_type: kind === 'users' ? 'user' : 'account',
    heap_field: 'Users Key',
    max_rejected_percent: '100',
    ...more,
  }
  return { name, params, environmentId, kind, heldAs: plain, most }
}

/** What becomes of the row before Heap has a word. */
export function fateOfRow(row: number): 'entity' | 'rejected' | 'skipped' {
  if (row % 97 === 0) return 'skipped'
  return row % 101 === 0 ? 'rejected' : 'entity'
}

export function keyOf(sync: Sync, row: number): string {
  return `${sync.name}-${row}`
}

/** The row that a key comes from. */
export function rowOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('-') + 1))
}

/** A delivery's Look; its title tells it from all others and stands in every row. */
export function lookOf(sync: Sync, title: string, rows: number): Look {
  const field = (name: string, label: string) => ({ name, label, type: 'string' })
  return {
    id: title,
    title,
    explanation: 'For the soak.',
    fields: {
      dimensions: [field('key', 'Users Key'), field('delivery', 'Delivery'), field('note', 'Note')],
      measures: [],
      pivots: [],
      table_calculations: [],
    },
    timezone: 'UTC',
    rowCount: rows,
    rows: function* (): Generator<LookRow> {
      for (let row = 1; row <= rows; row += 1) {
        const fate = fateOfRow(row)
        const key = fate === 'entity' ? keyOf(sync, row) : fate === 'skipped' ? null : 'undefined'
        yield { key, delivery: title, note: `note ${row % 1_000} of ${title}` }
      }
    },
    suggestedParams: sync.params,
  }
}
