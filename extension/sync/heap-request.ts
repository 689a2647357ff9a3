import { Temporal } from 'temporal-polyfill'
import { isRecord } from '../../shared/is-record.ts'
import type { Column } from '../../shared/looker-result/columns.ts'
import type { Row } from '../../shared/looker-result/row-keys.ts'
import { rowKeyOf } from '../../shared/looker-result/row-keys.ts'
import { isTimeType } from '../../shared/rows/local-time.ts'
import type { Property } from '../../shared/rows/property-plan.ts'
import { createRowMapper } from '../../shared/rows/row-mapper.ts'
import type { Draft } from './draft.ts'

/** What one row of a Look becomes in Heap. */
export type HeapRequest = {
  joinKey: string
  /** Below Heap's address. */
  path: string
  body: unknown
  /** The browser cannot tell what times become, so that they stand in the body as Looker wrote them. */
  hasRawTimes: boolean
}

type Sampled = { rows: readonly Row[]; timezone: string | null }

/** The request for the first row that can be sent; null when none of the rows can. */
export function firstRequest(
  draft: Draft,
  joinKey: Column,
  properties: readonly Property[],
  { rows, timezone }: Sampled,
): HeapRequest | null {
  const hasRawTimes = !canReadTimes() && properties.some(({ column }) => isTimeType(column.type))
  for (const row of rows) {
    const layout = { keyOf: (column: Column) => rowKeyOf(column, row), isPivoted: isRecord }
    const mapped = createRowMapper(joinKey, properties, layout, timezone).mapRow(row)
    if (mapped.kind !== 'entity') continue
    const asText = draft.propertyType === 'user' && draft.matchBy === 'heap_setup'
    const members = properties.flatMap(({ name }, index) => {
      const value = mapped.values[index]
      const sent = value === null ? draft.emptyValue || undefined : value
      return sent === undefined ? [] : [[name, asText ? String(sent) : sent] as const]
    })
    return { ...requestOf(draft, asText, mapped.joinKey, Object.fromEntries(members)), hasRawTimes }
  }
  return null
}

/** Not every browser has Temporal yet, and the bundle has no polyfill: times stay as they are without. */
function canReadTimes(): boolean {
  try {
    return typeof Temporal.PlainDate === 'function'
  } catch {
    return false
  }
}

/** As the server writes it, which a test of the sandbox compares for every sample. */
function requestOf(
  { environmentId, propertyType }: Draft,
  asHeapAction: boolean,
  joinKey: string,
  properties: object,
): Omit<HeapRequest, 'hasRawTimes'> {
  const app_id = environmentId.trim()
  if (propertyType === 'account') {
    const accounts = [{ account_id: joinKey, properties }]
    return { joinKey, path: '/api/add_account_properties', body: { app_id, accounts } }
  }
  if (asHeapAction) {
    const users = [{ user_identifier: { email: joinKey }, properties }]
    return {
      joinKey,
      path: '/api/integrations/add_user_properties',
      body: { app_id, library: 'looker', users },
    }
  }
  return {
    joinKey,
    path: '/api/add_user_properties',
    body: { app_id, users: [{ identity: joinKey, properties }] },
  }
}
