import { isRecord } from '../../shared/is-record.ts'
import type { ActionEntity, ActionField, ActionRow } from './map-rows.ts'
import { mapRows } from './map-rows.ts'

export type HeapActionParams = { env_id: string; property_type: 'user' | 'account'; heap_field: string }

/** Entities a request, since March 2022. */
const BATCH = 100

/**
 * What Heap's own action does with a result: as it cannot tell a whole one from a broken one, what it cannot
 * read counts for nothing and is no failure.
 *
 * @returns texts of errors; none means success
 */
export async function importRows(heapUrl: string, text: string, params: HeapActionParams): Promise<string[]> {
  const { fields, rows } = readResult(text)
  if (!fields.some(({ label }) => label === params.heap_field)) {
    return [`Heap field (${params.heap_field}) does not exist in the Looker result`]
  }
  const entities = mapRows(rows, fields, params.heap_field)
  const batches = Array.from({ length: Math.ceil(entities.length / BATCH) }, (_, index) =>
    entities.slice(index * BATCH, (index + 1) * BATCH),
  )
  const errors = await Promise.all(batches.map((batch) => post(heapUrl, batch, params)))
  return errors.flat()
}

async function post(
  heapUrl: string,
  batch: readonly ActionEntity[],
  { env_id, property_type }: HeapActionParams,
): Promise<string[]> {
  const ofUsers = property_type === 'user'
  const path = ofUsers ? '/api/integrations/add_user_properties' : '/api/add_account_properties'
  const body = {
    app_id: env_id,
    library: 'looker',
    ...(ofUsers
      ? { users: batch.map(({ key, properties }) => ({ user_identifier: { email: key }, properties })) }
      : { accounts: batch.map(({ key, properties }) => ({ account_id: key, properties })) }),
  }
  try {
    const response = await fetch(`${heapUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.ok ? [] : [`${response.status} ${await response.text()}`]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function readResult(text: string): { fields: ActionField[]; rows: ActionRow[] } {
  let result: unknown
  try {
    result = JSON.parse(text)
  } catch {
    result = {}
  }
  const { fields, data } = isRecord(result) ? result : {}
  const groups = isRecord(fields) ? Object.values(fields) : []
  return {
    fields: groups.flat().filter(isRecord) as ActionField[],
    rows: (Array.isArray(data) ? data : []).filter(isRecord) as ActionRow[],
  }
}
