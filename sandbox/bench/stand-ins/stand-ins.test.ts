import { afterEach, beforeEach, expect, it } from 'vitest'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { readyBody } from '../looks/ready-body.ts'
import type { StandIns } from '../start-stand-ins.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { checkDelivered } from './check-delivered.ts'
import { NOTHING_TAKEN } from './heap.ts'

let standIns: StandIns

beforeEach(async () => {
  standIns = await startStandIns({ token: '', latencyMs: 0 })
})
afterEach(() => standIns.stop())

async function post(path: string, body: string | Buffer): Promise<number> {
  const response = await fetch(`${standIns.heapUrl}${path}`, { method: 'POST', body: String(body) })
  return response.status
}

it('counts entities, and the rows among them, by environment and kind', async () => {
  const body = readyBody(PLAIN_LOOK, '5').toString()
  expect(await post('/api/add_user_properties', body)).toBe(200)
  expect(await post('/api/add_user_properties', body)).toBe(200)
  expect(await standIns.taken('5')).toMatchObject({ entities: 2_000, rows: 1_000, requests: 2 })
  expect(await standIns.taken('5', 'account')).toEqual(NOTHING_TAKEN)
  expect(await standIns.taken('6')).toEqual(NOTHING_TAKEN)
  const accounts = '{"app_id":"5","accounts":[{"account_id":"person-00000007@example.com","properties":{}}]}'
  expect(await post('/api/add_account_properties', accounts)).toBe(200)
  expect(await standIns.taken('5', 'account')).toMatchObject({ entities: 1, rows: 1 })
})

it('refuses what has no entity of the benchmark in it', async () => {
  expect(await post('/api/add_user_properties', '{"app_id":"5","users":[{"identity":"a"}]}')).toBe(400)
  expect(await post('/api/track', readyBody(PLAIN_LOOK, '5'))).toBe(400)
  expect(await standIns.taken('5')).toEqual(NOTHING_TAKEN)
})

it('offers the rows as often as they are asked for', async () => {
  const url = await standIns.offer({ ...PLAIN_LOOK, rows: 2_500 })
  for (let time = 0; time < 2; time += 1) {
    const { data } = (await (await fetch(url)).json()) as { data: unknown[] }
    expect(data).toHaveLength(2_500)
  }
})

it('tells of a delivery that nobody takes', async () => {
  const { record } = await standIns.deliver({ actionUrl: 'http://127.0.0.1:9' })
  expect(record).toMatchObject({ status: 'failure', message: expect.stringContaining('no answer') })
})

const record = { status: 'success' as const, message: 'Imported 100 of 100 rows.', milliseconds: 1 }
const taken = { entities: 100, rows: 100, requests: 1, bytes: 1 }

it('takes nothing less than all rows for delivered', () => {
  expect(checkDelivered({ record, taken }, NOTHING_TAKEN, 100)).toBeNull()
  expect(checkDelivered({ record, taken: { ...taken, entities: 200 } }, taken, 100)).toBeNull()
  expect(checkDelivered({ record, taken: { ...taken, entities: 99 } }, NOTHING_TAKEN, 100)).toContain(
    '99 of 100',
  )
  expect(checkDelivered({ record, taken: { ...taken, rows: 99 } }, NOTHING_TAKEN, 100)).toContain('99 of 100')
  const partly = { ...record, message: 'Imported 99 of 100 rows.' }
  expect(checkDelivered({ record: partly, taken }, NOTHING_TAKEN, 100)).toContain('99 of 100')
  expect(
    checkDelivered({ record: { ...record, status: 'failure' }, taken }, NOTHING_TAKEN, 100),
  ).not.toBeNull()
})

it('wants nothing to be sent by a dry run', () => {
  expect(checkDelivered({ record, taken: NOTHING_TAKEN }, NOTHING_TAKEN, 100, true)).toBeNull()
  expect(checkDelivered({ record, taken }, NOTHING_TAKEN, 100, true)).toContain('of a dry run')
})
