import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHeapStandIn } from '../heap/heap-stand-in.ts'
import { createLookerStandIn } from '../looker/looker-stand-in.ts'
import type { HeapAction } from './heap-action.ts'
import { createHeapAction } from './heap-action.ts'
import { mapRows } from './map-rows.ts'

let heap: ReturnType<typeof createHeapStandIn>
let action: HeapAction
let looker: ReturnType<typeof createLookerStandIn>

beforeEach(async () => {
  heap = createHeapStandIn()
  action = createHeapAction({ heapUrl: await heap.listen(), token: 'of Heap' })
  looker = createLookerStandIn({ actionUrl: await action.listen(), token: 'of Heap', generatedLooks: 0 })
  await looker.listen()
})

afterEach(() => Promise.all([looker.close(), action.close(), heap.close()]))

it('takes a listing, a form and an execute as Looker makes them', async () => {
  await looker.register()
  expect(looker.instance.hubs.actions()).toMatchObject([{ id: '7::heap', enabled: true }])
  const form = await looker.form()
  expect(form).toMatchObject({
    fields: [{ name: 'env_id' }, { name: 'property_type' }, { name: 'heap_field' }],
  })
  expect(await looker.deliver('3')).toMatchObject({ status: 'success' })
  expect(heap.accounts('11').size).toBe(500)
})

it('ignores a dry run', async () => {
  const params = { env_id: '11', property_type: 'user', heap_field: 'Users Email', dry_run: 'yes' }
  expect(await looker.deliver('15', params)).toMatchObject({ status: 'success' })
  expect(action.executed).toEqual([params])
  expect([...heap.users('11').keys()][0]).toMatch(/^email=/)
})

it('wants the full label of the column', async () => {
  const params = { env_id: '11', property_type: 'user', heap_field: 'users.email' }
  expect(await looker.deliver('15', params)).toMatchObject({
    status: 'failure',
    message: expect.stringContaining('does not exist'),
  })
})

it('leaves out rows without a key and rows with a column that it does not know', () => {
  const fields = [{ name: 'users.email', label: 'Users Email' }]
  const rows = [{ 'users.email': { value: null } }, { other: { value: 1 } }]
  expect(mapRows(rows, fields, 'Users Email')).toEqual([])
})

it('damages values', () => {
  const fields = [
    { name: 'key', label: 'Key' },
    { name: 'n', label: 'N', is_numeric: true },
    { name: 't', label: 'T' },
  ]
  const row = (n: unknown, t: unknown) => ({ key: { value: 'a' }, n: { value: n }, t: { value: t } })
  const properties = (n: unknown, t: unknown) => mapRows([row(n, t)], fields, 'Key')[0]?.properties
  expect(properties(-12.5, 'text')).toEqual({ N: '12.5', T: 'text' })
  expect(properties(1.5e-7, false)).toEqual({ N: '1.57' })
  expect(properties(0, '')).toEqual({})
})
