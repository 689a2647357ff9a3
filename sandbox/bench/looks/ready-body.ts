import { columnsOf } from './bench-columns.ts'
import type { BenchLook } from './bench-look.ts'
import { KEY_DIGITS, KEY_END, KEY_START } from './row-blocks.ts'

/** Entities a request: as many as Heap allows. */
export const READY_ENTITIES = 1_000

/** The body of a request to Heap with the first entities of a plain Look, as its rows become them. */
export function readyBody(look: BenchLook, environmentId: string): Buffer {
  const columns = columnsOf(look)
  const users = Array.from({ length: READY_ENTITIES }, (_, row) => ({
    identity: `${KEY_START}${String(row).padStart(KEY_DIGITS, '0')}${KEY_END}`,
    properties: Object.fromEntries(columns.map(({ field, write }) => [field.label, JSON.parse(write(row))])),
  }))
  return Buffer.from(JSON.stringify({ app_id: environmentId, users }))
}
